import { useTranslation } from 'react-i18next'
import { Dialog } from '../ui/Dialog.tsx'
import { Kbd } from '../ui/Kbd.tsx'
import { COMMAND_IDS, spec } from './commands.ts'
import { openOverlay, useOverlay } from './windows.ts'

const GROUPS = ['queue', 'copy', 'tray', 'loan', 'courier', 'app', 'go'] as const

/** All keys on one sheet, from the command table. */
export function HelpSheet() {
  const { t } = useTranslation()
  const open = useOverlay((state) => state.open) === 'help'
  return (
    <Dialog title={t('help.title')} open={open} onClose={() => openOverlay(null)} width="wide">
      <div className="columns-1 gap-8 min-[760px]:columns-2">
        {GROUPS.map((group) => (
          <section key={group} className="mb-4 break-inside-avoid">
            <h3 className="lbl mb-1">{t(`commandGroup.${group}`)}</h3>
            <ul className="divide-y divide-line border-y border-line">
              {COMMAND_IDS.filter((id) => id.startsWith(`${group}.`) && spec(id).keys).map((id) => (
                <li key={id} className="flex h-[30px] items-center justify-between gap-4">
                  <span className="ell">{t(`command.${id}`)}</span>
                  <span className="flex gap-1">
                    <Kbd keys={spec(id).keys!} />
                    {spec(id).also?.map((keys) => (
                      <Kbd key={keys} keys={keys} />
                    ))}
                  </span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <p className="text-ink-2">{t('help.scanner')}</p>
    </Dialog>
  )
}
