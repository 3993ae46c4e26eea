/** Addresses and folders of the shell. */
import { join } from 'node:path'
import { app } from 'electron'

export const APP_SCHEME = 'app'
export const APP_HOST = 'desk'
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** The compiled programs lie beside main. */
export const PROGRAM_FOLDER = __dirname
export const PAGE_FOLDER = join(PROGRAM_FOLDER, 'renderer')

/** The folder with package.json. */
export const appFolder = (): string => app.getAppPath()
