import { app } from 'electron'

/**
 * Every page of ours runs in Chromium's sandbox (checklist 4). Electron's call would take back a `--no-sandbox` of the
 * command line, without which nothing starts as root (containers, build servers); there each window still asks for its
 * sandbox by itself, so a page never gets Node. Must run before the app is ready.
 */
export const enableSandbox = (): void => {
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
}
