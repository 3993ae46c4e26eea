import { BackupSettings } from './BackupSettings.tsx'
import { PeopleSafety } from './PeopleSafety.tsx'
import { TrailSettings } from './TrailSettings.tsx'

/** What keeps the work and its people safe: copies, the lock, readers' data, the trail of who did what. */
export function SafetySettings() {
  return (
    <>
      <BackupSettings />
      <PeopleSafety />
      <TrailSettings />
    </>
  )
}
