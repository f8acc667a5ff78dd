import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

const api = process.env.VOLTKEEP_DEV_API ?? "http://127.0.0.1:8080";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../../../src/voltkeep/apps/panel",
    emptyOutDir: true,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { "/api": api, "/health": api } },
});
