import { defineConfig } from "vite";

// The frame, which the server hands out at /widget/frame. No inline script or style: its policy forbids them.
export default defineConfig({
  base: "/widget/",
  build: {
    outDir: "../dist/widget",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    // Parts are loaded when they are needed, without a helper for what comes with them.
    modulePreload: false,
    cssCodeSplit: false,
    rolldownOptions: { input: "frame.html" },
  },
});
