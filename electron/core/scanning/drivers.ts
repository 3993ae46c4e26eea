import { basename } from 'node:path'
import { watchedFolders } from '../../../db/queries/watched-folders.ts'
import type { Core } from '../context.ts'
import type { ScannerDriver } from './driver.ts'
import { EsclDiscovery } from './escl/discovery.ts'
import { EsclDriver } from './escl/driver.ts'
import { type AddressCheck, type CertificateBook, houseAddresses } from './escl/private-network.ts'
import { FolderDriver, type FolderSetting } from './folder/driver.ts'
import { Naps2Driver } from './naps2/driver.ts'
import { RehearsalDriver } from './rehearsal/driver.ts'
import { SANE_ESCL_DEVICES, SaneDriver } from './sane/driver.ts'

export interface DeskScanners {
  drivers: ScannerDriver[]
  close: () => Promise<void>
}

/**
 * The drivers of this desk. `rehearsalPages`: folder of the pages that the
 * rehearsal scanner plays; with it the network is not listened to, so that a rehearsal meets no real device unasked.
 */
export function openScannerDrivers(
  core: Core,
  certificates: CertificateBook,
  rehearsalPages: string | null,
): DeskScanners {
  const allowed = houseNow(core)
  const addresses = () => core.settings.get().scannerAddresses
  const discovery = rehearsalPages === null ? new EsclDiscovery(allowed) : null
  const escl = new EsclDriver({
    manual: addresses,
    allowed,
    certificates,
    ...(discovery ? { announced: discovery.announced } : {}),
  })
  const drivers: ScannerDriver[] = [new SaneDriver({ leaveOut: SANE_ESCL_DEVICES }), escl]
  // On Linux SANE reaches the same USB devices without it.
  if (process.platform !== 'linux') drivers.push(new Naps2Driver())
  drivers.push(new FolderDriver({ folders: () => scannedFolders(core) }))
  const { rehearsalPageMs } = core.options
  if (rehearsalPages !== null)
    drivers.unshift(
      new RehearsalDriver({
        folder: rehearsalPages,
        ...(rehearsalPageMs === undefined ? {} : { pageDelayMs: rehearsalPageMs }),
      }),
    )
  return {
    drivers,
    close: async () => {
      await Promise.all([discovery?.stop(), escl.close()])
    },
  }
}

/** Watched folders that are taken in by scanning; the others come in by themselves. */
function scannedFolders(core: Core): FolderSetting[] {
  const rows = watchedFolders(core.db).filter((row) => row.how === 'scan')
  return rows.map(({ id, path }) => ({ id, name: basename(path), path }))
}

/** The house as the settings draw it now. */
function houseNow(core: Core): AddressCheck {
  let ranges: readonly string[] = []
  let check = houseAddresses()
  return (address) => {
    const wanted = core.settings.get().houseRanges
    if (wanted !== ranges) [ranges, check] = [wanted, houseAddresses(wanted)]
    return check(address)
  }
}
