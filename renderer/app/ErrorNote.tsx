import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { ErrorCode, ErrorParams } from '../../electron/contract/errors.ts'
import { Button } from '../ui/Button.tsx'
import { Note } from '../ui/Note.tsx'
import { errorText } from './errors.ts'
import { HelpButton } from './HelpButton.tsx'

/** What to do about an error, with its technical part behind "more". */
export function ErrorNote({ code, params, lead }: { code: ErrorCode; params: ErrorParams; lead?: ReactNode }) {
  const { t } = useTranslation()
  const [more, setMore] = useState(false)
  return (
    <Note
      tone="bad"
      action={
        <span className="flex flex-none">
          <HelpButton code={code} />
          <Button size="small" kind="quiet" aria-expanded={more} onClick={() => setMore(!more)}>
            {t('ui.more')}
          </Button>
        </span>
      }
    >
      {lead && <b className="mr-1.5">{lead}</b>}
      {errorText(t, code, params)}
      {more && (
        <pre className="mono mt-1.5 max-h-40 overflow-auto whitespace-pre-wrap select-text">
          {code}
          {Object.entries(params).map(([name, value]) => `\n${name}: ${String(value)}`)}
        </pre>
      )}
    </Note>
  )
}
