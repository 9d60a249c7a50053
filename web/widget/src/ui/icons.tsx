// Line icons on a 24-unit grid; always beside words or inside something that has a name.

function Icon({ path, filled = false }: { path: string; filled?: boolean }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" data-filled={filled || undefined}>
      <path d={path} />
    </svg>
  );
}

export const BotIcon = () => (
  <Icon path="M8 8.5h8a3 3 0 0 1 3 3v4a3 3 0 0 1-3 3H8a3 3 0 0 1-3-3v-4a3 3 0 0 1 3-3zM12 8.5V5M9.5 13v1.2M14.5 13v1.2M2.8 12.5v2.5M21.2 12.5v2.5" />
);
export const PersonIcon = () => <Icon path="M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20a7.5 7.5 0 0 1 15 0" />;
export const CloseIcon = () => <Icon path="M6 6l12 12M18 6L6 18" />;
export const MoreIcon = () => <Icon path="M5 12h.1M12 12h.1M19 12h.1" />;
export const ClipIcon = () => (
  <Icon path="M20 11.5l-7.8 7.8a5 5 0 0 1-7-7l8-8a3.3 3.3 0 0 1 4.7 4.7l-8 8a1.7 1.7 0 0 1-2.4-2.4l7.2-7.2" />
);
export const FileIcon = () => <Icon path="M7 3.5h7l4 4v13H7zM14 3.5v4h4" />;
export const LinkIcon = () => <Icon path="M9 6h9v9M18 6L7 17" />;
export const ThumbIcon = ({ up }: { up: boolean }) => (
  <Icon
    path={
      up
        ? "M7 11v9H4v-9zM7 11l4-7a2 2 0 0 1 2 2v4h5.5a1.6 1.6 0 0 1 1.5 2l-1.6 6.5a2 2 0 0 1-2 1.5H7"
        : "M17 13V4h3v9zM17 13l-4 7a2 2 0 0 1-2-2v-4H5.5a1.6 1.6 0 0 1-1.5-2l1.6-6.5a2 2 0 0 1 2-1.5H17"
    }
  />
);
export const SendIcon = () => <Icon path="M12 19V5M6 11l6-6 6 6" />;
export const DownIcon = () => <Icon path="M6 9l6 6 6-6" />;
export const ClockIcon = () => <Icon path="M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7.5V12l3 2" />;
export const MoonIcon = () => <Icon path="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z" />;
export const MailIcon = () => <Icon path="M4 6.5h16v11H4zM4 7l8 6 8-6" />;
export const PageIcon = () => <Icon path="M7 3.5h7l4 4v13H7zM14 3.5v4h4M10 12h5M10 15.5h5" />;
export const AlertIcon = () => <Icon path="M12 8v5M12 16.5v.1M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z" />;
export const CheckIcon = () => <Icon path="M5 12.5l4.5 4.5L19 7.5" />;
export const StarIcon = ({ filled }: { filled: boolean }) => (
  <Icon filled={filled} path="M12 3.6l2.6 5.3 5.9.9-4.2 4.1 1 5.8-5.3-2.8-5.3 2.8 1-5.8-4.2-4.1 5.9-.9z" />
);
