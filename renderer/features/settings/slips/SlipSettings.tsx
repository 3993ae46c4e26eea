import { Download, Upload } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PrintKind } from '../../../../electron/contract/core.contract.ts'
import { attempt } from '../../../app/act.ts'
import { toast } from '../../../app/toasts.ts'
import { core, main } from '../../../host.ts'
import { Button } from '../../../ui/Button.tsx'
import { Managed } from '../Managed.tsx'
import { useSettings } from '../useSettings.ts'
import { LogoLine } from './LogoLine.tsx'
import { TemplateEditor } from './TemplateEditor.tsx'

/** What each kind of slip looks like here; edited with a live preview, taken to other desks as a file. */
export function SlipSettings() {
  const { t } = useTranslation()
  const { settings, set } = useSettings()
  const [editing, setEditing] = useState<PrintKind | null>(null)
  if (!settings) return null
  const { slipTemplates } = settings
  const exportAll = () =>
    void attempt(async () => {
      const { blob } = await core('slip.export', {})
      await main('files.save', { blob, name: t('slips.fileName') })
    })
  const importAll = () =>
    void attempt(async () => {
      const { files } = await main('files.open', { kind: 'any', multiple: false })
      const [file] = files
      if (!file) return
      const { kinds } = await core('slip.import', { fileId: file.id })
      toast({ tone: 'ok', text: () => t('slips.imported', { count: kinds.length }), ms: 4000 })
    })
  return (
    <>
      <p className="text-ink-2">{t('slips.intro')}</p>
      <Managed setting="slipTemplates">
        <ul aria-label={t('slips.title')} className="divide-y divide-line rounded-md border border-line bg-panel">
          {PrintKind.options.map((kind) => (
            <li key={kind} className="flex h-10 items-center gap-2 px-3">
              <span className="flex-1">{t(`printKind.${kind}`)}</span>
              <span className="text-sm text-ink-3">{t(slipTemplates[kind] ? 'slips.custom' : 'slips.asDesigned')}</span>
              <Button
                size="small"
                aria-label={`${t('slips.edit')} ${t(`printKind.${kind}`)}`}
                data-template={kind}
                onClick={() => setEditing(kind)}
              >
                {t('slips.edit')}
              </Button>
            </li>
          ))}
        </ul>
      </Managed>
      <LogoLine has={settings.slipLogo !== null} />
      <div className="flex gap-2">
        <Button icon={Download} onClick={exportAll}>
          {t('slips.export')}
        </Button>
        <Button icon={Upload} onClick={importAll}>
          {t('slips.import')}
        </Button>
      </div>
      {editing && (
        <TemplateEditor
          key={editing}
          kind={editing}
          template={slipTemplates[editing]}
          hasLogo={settings.slipLogo !== null}
          onSave={(template) => {
            const { [editing]: _, ...others } = slipTemplates
            set({ slipTemplates: template ? { ...others, [editing]: template } : others })
            setEditing(null)
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  )
}
