import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button.tsx'

/** A line to be typed elsewhere, with a button that puts it on the clipboard. */
export function CopyText({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  const copy = () =>
    void navigator.clipboard.writeText(text).then(
      () => setCopied(true),
      // The text can still be marked and copied by hand.
      () => setCopied(false),
    )
  return (
    <div className="flex items-start gap-2 rounded-md border border-line bg-panel-2 py-1.5 pr-1.5 pl-2.5">
      <code aria-label={label} className="mono min-w-0 flex-1 py-[3px] break-all select-text">
        {text}
      </code>
      <Button size="small" icon={copied ? Check : Copy} onClick={copy}>
        {t(copied ? 'intake.copied' : 'intake.copy')}
      </Button>
    </div>
  )
}
