/** One function per method of the main contract. */
import { copyFile } from 'node:fs/promises'
import { app, type BrowserWindow, dialog, nativeTheme, shell as system } from 'electron'
import { DeskError } from '../contract/errors.ts'
import type { mainContract } from '../contract/main.contract.ts'
import type { Handlers } from '../contract/rpc-server.ts'
import type { Desk } from './desk.ts'
import { allowCamera } from './modules/permissions.ts'
import { newestProgram, packageKind } from './places.ts'
import { installPackage } from './update-installer.ts'
import { closeSecond, isSecondOpen, pageLostAt, showSecond } from './windows.ts'

const done = { ok: true } as const

/** The shell's handlers; each is told which window asks. */
export type MainHandlers = Handlers<typeof mainContract, BrowserWindow>

/** Names of the groups are shown by the system's own dialog, so they carry both languages. */
const FILTERS: Readonly<Record<string, Electron.FileFilter[]>> = {
  pages: [
    {
      name: 'PDF, TIFF, JPEG, PNG',
      extensions: ['pdf', 'tif', 'tiff', 'jpg', 'jpeg', 'png', 'pnm', 'pbm', 'pgm', 'ppm'],
    },
  ],
  pdf: [{ name: 'PDF', extensions: ['pdf'] }],
  table: [{ name: 'CSV, XLSX', extensions: ['csv', 'xlsx', 'xls'] }],
  any: [],
}

export function createMainHandlers(desk: Desk): MainHandlers {
  return {
    'app.info': (_none, window) => ({
      version: app.getVersion(),
      electron: process.versions.electron ?? '',
      chromium: process.versions.chrome ?? '',
      platform: `${process.platform}-${process.arch}`,
      runtime: Number(process.versions.napi) >= 10 ? 'official' : 'rehearsal',
      rehearsal: desk.rehearsal,
      locale: desk.shell.get().language ?? desk.language,
      zoom: desk.shell.get().zoom,
      second: isSecondOpen(),
      core: desk.core.state,
      refusal: desk.core.refusal,
      pageLostAt: pageLostAt(window),
    }),
    'app.relaunch': () => {
      app.relaunch()
      app.quit()
      return done
    },
    'app.setRehearsal': ({ rehearsal }) => {
      if (desk.rehearsalFixed) throw new DeskError('setting_locked', { setting: 'rehearsal' })
      desk.shell.set({ rehearsal })
      app.relaunch()
      app.quit()
      return done
    },
    'update.install': async () => {
      const kind = packageKind()
      const found = await desk.core.readyUpdate()
      if (!found.ok) throw new DeskError(found.code, found.params)
      if (!kind) throw new DeskError('update_none')
      // Everything is closed before the program is changed under it.
      await desk.core.end()
      const next = await installPackage({ kind, path: found.path, open: (path) => system.openPath(path) }).catch(
        async (error: unknown) => {
          await desk.core.recover({})
          throw error
        },
      )
      if (next === 'stay') await desk.core.recover({})
      if (next === 'relaunch') app.relaunch({ execPath: newestProgram(), args: process.argv.slice(1) })
      if (next !== 'stay') app.quit()
      return done
    },
    'core.restart': () => {
      desk.core.restart()
      return done
    },
    'core.recover': async (order) => {
      // A database that opens is nobody's to put back from here.
      if (desk.core.state !== 'failed') throw new DeskError('not_allowed')
      await desk.core.recover(order)
      return done
    },
    'files.open': async ({ kind, multiple }, window) => {
      const properties: Electron.OpenDialogOptions['properties'] = multiple
        ? ['openFile', 'multiSelections']
        : ['openFile']
      const { filePaths } = await dialog.showOpenDialog(window, { properties, filters: FILTERS[kind] ?? [] })
      return { files: await desk.files.grant(filePaths.slice(0, 500)) }
    },
    'files.chooseFolder': async (_none, window) => {
      const properties: Electron.OpenDialogOptions['properties'] = ['openDirectory', 'createDirectory']
      const { filePaths } = await dialog.showOpenDialog(window, { properties })
      return { folder: filePaths[0] === undefined ? null : await desk.files.grantFolder(filePaths[0]) }
    },
    'files.save': async ({ blob, name }, window) => {
      const place = await desk.blob(blob)
      if (!place) throw new DeskError('not_found')
      const defaultPath = name.replace(/[\\/:*?"<>|\u0000-\u001f]/g, '_')
      const { filePath, canceled } = await dialog.showSaveDialog(window, { defaultPath })
      if (canceled || !filePath) return { saved: false }
      await copyFile(place.path, filePath).catch((error: NodeJS.ErrnoException) => {
        throw new DeskError(error.code === 'ENOSPC' ? 'disk_full' : 'read_only', {}, { cause: error })
      })
      return { saved: true }
    },
    'files.showData': async () => {
      await system.openPath(desk.dataDir)
      return done
    },
    'view.theme': ({ theme }) => {
      nativeTheme.themeSource = theme
      desk.shell.set({ theme })
      return done
    },
    'view.language': ({ language }) => {
      if (desk.shell.get().language !== language) desk.shell.set({ language })
      return done
    },
    'view.camera': ({ on }) => {
      allowCamera(on)
      return done
    },
    'view.zoom': ({ factor }, window) => {
      window.webContents.setZoomFactor(factor)
      desk.shell.set({ zoom: factor })
      return done
    },
    'window.second': ({ at }) => {
      if (at) showSecond(desk.shell, at)
      else closeSecond()
      return done
    },
    'window.control': ({ action }, window) => {
      if (action === 'minimise') window.minimize()
      else if (action === 'maximise' && window.isMaximized()) window.unmaximize()
      else if (action === 'maximise') window.maximize()
      else if (action === 'fullscreen') window.setFullScreen(!window.isFullScreen())
      else window.close()
      return done
    },
  }
}
