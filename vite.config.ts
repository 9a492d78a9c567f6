import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Pages that the server hands out: one index.html and hashed assets, nothing inline (the CSP forbids it). */
export default defineConfig({
  root: 'web',
  plugins: [react()],
  build: {
    outDir: '../dist/web',
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    // The budget of the first page, before compression; 200 kB after it. The build warns above it.
    chunkSizeWarningLimit: 640,
    modulePreload: { polyfill: false },
  },
  server: { port: 7080, proxy: { '/api': 'http://127.0.0.1:7070' } },
});
