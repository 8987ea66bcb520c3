/// <reference types="vite/client" />
import type { Bridge } from '@contract/bridge'

declare global {
  interface Window {
    /** Built by the preload; used only in src-renderer/bridge. */
    readonly epistle: Bridge
  }
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Heading and window title of the screen. */
    readonly title: string
    /** Somebody must be signed in. */
    readonly session?: boolean
    /** For who is not signed in; who is goes to Home. */
    readonly visitor?: boolean
    /** Only a coordinator has business here. */
    readonly coordinator?: boolean
    /** The eMessaging terms must have been accepted. */
    readonly terms?: boolean
  }
}
