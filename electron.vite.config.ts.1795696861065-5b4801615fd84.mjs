import "node:module";
import { fileURLToPath } from "node:url";
import tailwindcss from "@tailwindcss/vite";
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "electron-vite";
// electron.vite.config.ts
const __electron_vite_injected_import_meta_url = "file:///work/wt/export/electron.vite.config.ts";
const path = (relative) => fileURLToPath(new URL(relative, __electron_vite_injected_import_meta_url));
/** Packages with native parts stay outside the bundle; everything else is bundled, so ESM-only packages load anywhere. */
const native = [
	"electron",
	"better-sqlite3",
	"@node-rs/argon2"
];
const alias = {
	"@contract": path("src-main/contract"),
	"@rules": path("src-main/rules")
};
var electron_vite_config_default = defineConfig({
	main: {
		resolve: { alias },
		build: {
			externalizeDeps: false,
			rollupOptions: {
				input: {
					index: path("src-main/index.ts"),
					"core-thread": path("src-main/core-thread.ts"),
					"worker-thread": path("src-main/worker-thread.ts"),
					"copy-thread": path("src-main/copy-thread.ts")
				},
				external: native,
				output: {
					format: "es",
					entryFileNames: "[name].js",
					chunkFileNames: "chunks/[name]-[hash].js"
				}
			}
		}
	},
	preload: {
		resolve: { alias },
		build: {
			externalizeDeps: false,
			rollupOptions: {
				input: { index: path("src-main/preload/index.ts") },
				external: ["electron"],
				output: {
					format: "cjs",
					entryFileNames: "[name].cjs",
					inlineDynamicImports: true
				}
			}
		}
	},
	renderer: {
		root: path("src-renderer"),
		base: "./",
		resolve: { alias: {
			...alias,
			"@": path("src-renderer")
		} },
		plugins: [vue(), tailwindcss()],
		build: {
			rollupOptions: { input: {
				index: path("src-renderer/index.html"),
				paper: path("src-renderer/paper.html")
			} },
			minify: true,
			assetsInlineLimit: 0
		}
	}
});
export { electron_vite_config_default as default };

//# sourceMappingURL=data:application/json;charset=utf-8;base64,eyJ2ZXJzaW9uIjozLCJmaWxlIjoiZWxlY3Ryb24udml0ZS5jb25maWcuanMiLCJuYW1lcyI6W10sInNvdXJjZXMiOlsiL3dvcmsvd3QvZXhwb3J0L2VsZWN0cm9uLnZpdGUuY29uZmlnLnRzIl0sInNvdXJjZXNDb250ZW50IjpbImltcG9ydCB7IGZpbGVVUkxUb1BhdGggfSBmcm9tICdub2RlOnVybCdcbmltcG9ydCB0YWlsd2luZGNzcyBmcm9tICdAdGFpbHdpbmRjc3Mvdml0ZSdcbmltcG9ydCB2dWUgZnJvbSAnQHZpdGVqcy9wbHVnaW4tdnVlJ1xuaW1wb3J0IHsgZGVmaW5lQ29uZmlnIH0gZnJvbSAnZWxlY3Ryb24tdml0ZSdcblxuY29uc3QgcGF0aCA9IChyZWxhdGl2ZTogc3RyaW5nKTogc3RyaW5nID0+IGZpbGVVUkxUb1BhdGgobmV3IFVSTChyZWxhdGl2ZSwgaW1wb3J0Lm1ldGEudXJsKSlcblxuLyoqIFBhY2thZ2VzIHdpdGggbmF0aXZlIHBhcnRzIHN0YXkgb3V0c2lkZSB0aGUgYnVuZGxlOyBldmVyeXRoaW5nIGVsc2UgaXMgYnVuZGxlZCwgc28gRVNNLW9ubHkgcGFja2FnZXMgbG9hZCBhbnl3aGVyZS4gKi9cbmNvbnN0IG5hdGl2ZSA9IFsnZWxlY3Ryb24nLCAnYmV0dGVyLXNxbGl0ZTMnLCAnQG5vZGUtcnMvYXJnb24yJ11cblxuY29uc3QgYWxpYXMgPSB7XG4gICdAY29udHJhY3QnOiBwYXRoKCdzcmMtbWFpbi9jb250cmFjdCcpLFxuICAnQHJ1bGVzJzogcGF0aCgnc3JjLW1haW4vcnVsZXMnKVxufVxuXG5leHBvcnQgZGVmYXVsdCBkZWZpbmVDb25maWcoe1xuICBtYWluOiB7XG4gICAgcmVzb2x2ZTogeyBhbGlhcyB9LFxuICAgIGJ1aWxkOiB7XG4gICAgICBleHRlcm5hbGl6ZURlcHM6IGZhbHNlLFxuICAgICAgcm9sbHVwT3B0aW9uczoge1xuICAgICAgICBpbnB1dDoge1xuICAgICAgICAgIGluZGV4OiBwYXRoKCdzcmMtbWFpbi9pbmRleC50cycpLFxuICAgICAgICAgICdjb3JlLXRocmVhZCc6IHBhdGgoJ3NyYy1tYWluL2NvcmUtdGhyZWFkLnRzJyksXG4gICAgICAgICAgJ3dvcmtlci10aHJlYWQnOiBwYXRoKCdzcmMtbWFpbi93b3JrZXItdGhyZWFkLnRzJyksXG4gICAgICAgICAgJ2NvcHktdGhyZWFkJzogcGF0aCgnc3JjLW1haW4vY29weS10aHJlYWQudHMnKVxuICAgICAgICB9LFxuICAgICAgICBleHRlcm5hbDogbmF0aXZlLFxuICAgICAgICBvdXRwdXQ6IHsgZm9ybWF0OiAnZXMnLCBlbnRyeUZpbGVOYW1lczogJ1tuYW1lXS5qcycsIGNodW5rRmlsZU5hbWVzOiAnY2h1bmtzL1tuYW1lXS1baGFzaF0uanMnIH1cbiAgICAgIH1cbiAgICB9XG4gIH0sXG4gIHByZWxvYWQ6IHtcbiAgICByZXNvbHZlOiB7IGFsaWFzIH0sXG4gICAgYnVpbGQ6IHtcbiAgICAgIGV4dGVybmFsaXplRGVwczogZmFsc2UsXG4gICAgICByb2xsdXBPcHRpb25zOiB7XG4gICAgICAgIGlucHV0OiB7IGluZGV4OiBwYXRoKCdzcmMtbWFpbi9wcmVsb2FkL2luZGV4LnRzJykgfSxcbiAgICAgICAgZXh0ZXJuYWw6IFsnZWxlY3Ryb24nXSxcbiAgICAgICAgLy8gQSBzYW5kYm94ZWQgcHJlbG9hZCBtdXN0IGJlIG9uZSBDb21tb25KUyBmaWxlIHdpdGhvdXQgY2h1bmtzLlxuICAgICAgICBvdXRwdXQ6IHsgZm9ybWF0OiAnY2pzJywgZW50cnlGaWxlTmFtZXM6ICdbbmFtZV0uY2pzJywgaW5saW5lRHluYW1pY0ltcG9ydHM6IHRydWUgfVxuICAgICAgfVxuICAgIH1cbiAgfSxcbiAgcmVuZGVyZXI6IHtcbiAgICByb290OiBwYXRoKCdzcmMtcmVuZGVyZXInKSxcbiAgICBiYXNlOiAnLi8nLFxuICAgIHJlc29sdmU6IHsgYWxpYXM6IHsgLi4uYWxpYXMsICdAJzogcGF0aCgnc3JjLXJlbmRlcmVyJykgfSB9LFxuICAgIHBsdWdpbnM6IFt2dWUoKSwgdGFpbHdpbmRjc3MoKV0sXG4gICAgYnVpbGQ6IHtcbiAgICAgIHJvbGx1cE9wdGlvbnM6IHsgaW5wdXQ6IHsgaW5kZXg6IHBhdGgoJ3NyYy1yZW5kZXJlci9pbmRleC5odG1sJyksIHBhcGVyOiBwYXRoKCdzcmMtcmVuZGVyZXIvcGFwZXIuaHRtbCcpIH0gfSxcbiAgICAgIC8vIEhhbGYgdGhlIHRleHQgdG8gcmVhZCBhbmQgcGFyc2UgYmVmb3JlIHRoZSBmaXJzdCBzY3JlZW47IG1haW4gc3RheXMgYXMgd3JpdHRlbiwgc28gdGhhdCB0aGUgZGlhcnkgbmFtZXMgbGluZXMuXG4gICAgICBtaW5pZnk6IHRydWUsXG4gICAgICBhc3NldHNJbmxpbmVMaW1pdDogMFxuICAgIH1cbiAgfVxufSlcbiJdLCJtYXBwaW5ncyI6Ijs7Ozs7O0FBQStJLE1BQU0sMkNBQTJDO0FBS2hNLE1BQU0sUUFBUSxhQUE2QixjQUFjLElBQUksSUFBSSxVQUFBLHdDQUF5QixDQUFDOztBQUczRixNQUFNLFNBQVM7Q0FBQztDQUFZO0NBQWtCO0FBQWlCO0FBRS9ELE1BQU0sUUFBUTtDQUNaLGFBQWEsS0FBSyxtQkFBbUI7Q0FDckMsVUFBVSxLQUFLLGdCQUFnQjtBQUNqQztBQUVBLElBQUEsK0JBQWUsYUFBYTtDQUMxQixNQUFNO0VBQ0osU0FBUyxFQUFFLE1BQU07RUFDakIsT0FBTztHQUNMLGlCQUFpQjtHQUNqQixlQUFlO0lBQ2IsT0FBTztLQUNMLE9BQU8sS0FBSyxtQkFBbUI7S0FDL0IsZUFBZSxLQUFLLHlCQUF5QjtLQUM3QyxpQkFBaUIsS0FBSywyQkFBMkI7S0FDakQsZUFBZSxLQUFLLHlCQUF5QjtJQUMvQztJQUNBLFVBQVU7SUFDVixRQUFRO0tBQUUsUUFBUTtLQUFNLGdCQUFnQjtLQUFhLGdCQUFnQjtJQUEwQjtHQUNqRztFQUNGO0NBQ0Y7Q0FDQSxTQUFTO0VBQ1AsU0FBUyxFQUFFLE1BQU07RUFDakIsT0FBTztHQUNMLGlCQUFpQjtHQUNqQixlQUFlO0lBQ2IsT0FBTyxFQUFFLE9BQU8sS0FBSywyQkFBMkIsRUFBRTtJQUNsRCxVQUFVLENBQUMsVUFBVTtJQUVyQixRQUFRO0tBQUUsUUFBUTtLQUFPLGdCQUFnQjtLQUFjLHNCQUFzQjtJQUFLO0dBQ3BGO0VBQ0Y7Q0FDRjtDQUNBLFVBQVU7RUFDUixNQUFNLEtBQUssY0FBYztFQUN6QixNQUFNO0VBQ04sU0FBUyxFQUFFLE9BQU87R0FBRSxHQUFHO0dBQU8sS0FBSyxLQUFLLGNBQWM7RUFBRSxFQUFFO0VBQzFELFNBQVMsQ0FBQyxJQUFJLEdBQUcsWUFBWSxDQUFDO0VBQzlCLE9BQU87R0FDTCxlQUFlLEVBQUUsT0FBTztJQUFFLE9BQU8sS0FBSyx5QkFBeUI7SUFBRyxPQUFPLEtBQUsseUJBQXlCO0dBQUUsRUFBRTtHQUUzRyxRQUFRO0dBQ1IsbUJBQW1CO0VBQ3JCO0NBQ0Y7QUFDRixDQUFDIn0=