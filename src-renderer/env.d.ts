/// <reference types="vite/client" />
import 'vue-router'

declare module 'vue-router' {
  interface RouteMeta {
    /** Heading and window title of the screen. */
    readonly title: string
    /** Only for whoever is not signed in yet. */
    readonly visitor?: boolean
    /** Somebody must be signed in. */
    readonly session?: boolean
    /** The eMessaging terms must have been accepted. */
    readonly terms?: boolean
  }
}
