// The console is built to static files that the binary embeds and serves under /console/.
import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const server = "http://127.0.0.1:8080";

export default defineConfig({
  base: "/console/",
  plugins: [react(), tailwindcss()],
  build: {
    outDir: "../dist/console",
    emptyOutDir: true,
    // The content security policy allows files from this server only: nothing becomes a data address.
    assetsInlineLimit: 0,
    // The preload polyfill would be an inline script in browsers that are too old for the console anyway.
    modulePreload: { polyfill: false },
    target: ["chrome123", "firefox121", "safari17.5"],
    cssTarget: ["chrome123", "firefox121", "safari17.5"],
  },
  server: {
    proxy: {
      "/v1": { target: server, ws: true },
      "/manual": server,
      "/console/demo-sign-ins.json": server,
    },
  },
  test: {
    environment: "happy-dom",
    environmentOptions: { happyDOM: { url: "http://localhost/console/" } },
    include: ["src/**/*.test.{ts,tsx}"],
    testTimeout: 30_000,
    setupFiles: ["src/test/setup.ts"],
  },
});
