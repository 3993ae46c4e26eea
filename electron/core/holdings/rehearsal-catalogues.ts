/** The catalogues of the rehearsal: those its centre plays. */
import { USUAL_INDEXES, type CatalogueTarget } from '../../contract/core.contract.ts'
import type { Core } from '../context.ts'

/** Members whose catalogues the rehearsal centre plays beside ours. */
const MEMBERS = ['PKU', 'THU', 'BNU']

export function rehearsalCatalogues(core: Core): CatalogueTarget[] {
  const { options, settings } = core
  const centre = options.centreUrl ?? settings.get().centreUrl
  const home = core.deskLibrary()
  if (!options.rehearsal || centre === '' || home === '') return []
  return [home, ...MEMBERS.filter((id) => id !== home)].map((library) => ({
    id: `rehearsal-${library}`,
    name: core.views.library(library)?.name ?? library,
    library,
    own: library === home,
    on: true,
    kind: 'sru',
    address: `${centre.replace(/\/$/, '')}/rehearsal/sru/${library}`,
    version: '1.2',
    schema: 'marcxml',
    indexes: USUAL_INDEXES,
    timeoutMs: 8000,
    perMinute: 40,
  }))
}
