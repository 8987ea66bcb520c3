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
    /** For who is not signed in; who is goes to Home. */
    readonly visitor?: boolean
    /** Only a coordinator has business here. */
    readonly coordinator?: boolean
    /** The eMessaging terms must have been accepted. */
    readonly terms?: boolean
  }
}
