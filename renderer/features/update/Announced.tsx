import { useTranslation } from 'react-i18next'
import type { UpdateView } from '../../../electron/contract/core.contract.ts'
import { Note } from '../../ui/Note.tsx'

/** The centre's word on versions, in full; as plain text, whatever stands in it. */
export function Announced({ announced }: { announced: NonNullable<UpdateView['announced']> }) {
  const { t } = useTranslation()
  const { version, required, title, text } = announced
  return (
    <div data-announced={version}>
      <Note tone={required ? 'warn' : 'plain'}>
        <b className="font-semibold">{t(required ? 'update.needed' : 'update.announced', { version })}</b>
        <div className="mt-0.5 break-words whitespace-pre-wrap select-text">
          {[title, text].filter(Boolean).join('\n')}
        </div>
      </Note>
    </div>
  )
}
