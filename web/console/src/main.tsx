import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createRoot } from "react-dom/client";
import { App } from "./app";
import { prepareRing } from "./offer/use-alert";
import "./style.css";

// The client repeats what may be repeated; a second layer of retries would only delay the truth.
const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: 5_000 } } });

prepareRing();
const root = document.getElementById("app");
if (root) {
  createRoot(root).render(
    <QueryClientProvider client={queries}>
      <App />
    </QueryClientProvider>,
  );
}
