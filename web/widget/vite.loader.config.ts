import { defineConfig } from "vite";

// The loader that a site includes: one classic script with a name that never changes.
export default defineConfig({
  build: {
    outDir: "../dist/widget",
    emptyOutDir: false,
    target: "es2020",
    lib: { entry: "src/loader/baton.ts", formats: ["iife"], name: "batonLoader", fileName: () => "baton.js" },
  },
});
