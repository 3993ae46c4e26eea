/** One desk per data folder: Electron's lock lies in the folder that `chooseDataFolder` named. */
import { app } from 'electron'

/** @returns false when another instance has the folder; that one is told to come forward */
export function ownDataFolder({ onSecondStart }: { onSecondStart: () => void }): boolean {
  app.on('second-instance', onSecondStart)
  return app.requestSingleInstanceLock()
}
