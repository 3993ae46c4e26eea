import { useTranslation } from 'react-i18next'
import { go, useRoute } from '../../app/routes.ts'
import { PlaceHead } from '../../ui/Place.tsx'
import { cx } from '../../ui/cx.ts'
import { About } from './About.tsx'
import { Appearance } from './Appearance.tsx'
import { CatalogueSettings } from '../holdings/CatalogueSettings.tsx'
import { CentreAndPeople } from './CentreAndPeople.tsx'
import { DocumentSettings } from './DocumentSettings.tsx'
import { KeySettings } from './KeySettings.tsx'
import { IntakeSettings } from './IntakeSettings.tsx'
import { RuleSettings } from './RuleSettings.tsx'
import { PrinterSettings } from './PrinterSettings.tsx'
import { SafetySettings } from './safety/SafetySettings.tsx'
import { ScannerSettings } from './ScannerSettings.tsx'
import { SlipSettings } from './slips/SlipSettings.tsx'
import { WedgeSettings } from './WedgeSettings.tsx'
import { UpdateSettings } from '../update/UpdateSettings.tsx'

const SECTIONS = {
  look: Appearance,
  keys: KeySettings,
  centre: CentreAndPeople,
  scanner: ScannerSettings,
  intake: IntakeSettings,
  printer: PrinterSettings,
  slips: SlipSettings,
  document: DocumentSettings,
  rules: RuleSettings,
  catalogue: CatalogueSettings,
  wedge: WedgeSettings,
  safety: SafetySettings,
  update: UpdateSettings,
  about: About,
} as const
type Section = keyof typeof SECTIONS

/** Settings of this desk; every change holds at once. */
export function SettingsPlace() {
  const { t } = useTranslation()
  const part = useRoute((route) => route.part.settings)
  const here: Section = part !== undefined && part in SECTIONS ? (part as Section) : 'look'
  const Body = SECTIONS[here]
  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.settings')}>
      <PlaceHead title={t('place.settings')} sub={t('settings.atOnce')} />
      <div className="grid min-h-0 grid-cols-[180px_minmax(0,1fr)] max-[760px]:grid-cols-[120px_minmax(0,1fr)]">
        <ul
          aria-label={t('place.settings')}
          className="grid content-start gap-px overflow-auto border-r border-line bg-panel px-2 py-2.5"
        >
          {(Object.keys(SECTIONS) as Section[]).map((section) => (
            <li key={section}>
              <button
                type="button"
                aria-current={section === here ? 'true' : undefined}
                data-section={section}
                onClick={() => go('settings', undefined, section)}
                className={cx(
                  'flex h-8 w-full items-center rounded-md px-2.5 text-left',
                  section === here ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-2 hover:bg-hover',
                )}
              >
                {t(`settings.section.${section}`)}
              </button>
            </li>
          ))}
        </ul>
        <div className="overflow-auto px-6 py-5" tabIndex={0} role="region" aria-label={t(`settings.section.${here}`)}>
          <div className="grid max-w-[640px] gap-6 min-[1600px]:max-w-[800px]">
            <Body />
          </div>
        </div>
      </div>
    </section>
  )
}
