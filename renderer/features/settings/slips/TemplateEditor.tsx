import { ArrowDown, ArrowUp } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { SlipPaper, type PrintKind, type SlipTemplate } from '../../../../electron/contract/core.contract.ts'
import { useCore } from '../../../app/data.ts'
import { blobUrl, core } from '../../../host.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Check } from '../../../ui/Check.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Field } from '../../../ui/Field.tsx'
import { LazyPdf } from '../../../ui/LazyPdf.tsx'
import { Segments } from '../../../ui/Segments.tsx'
import { Select } from '../../../ui/Select.tsx'
import { Skeleton } from '../../../ui/Skeleton.tsx'

const DESIGNED: SlipTemplate = { fields: null, size: 1, language: 'desk', logo: false, footer: '' }
const SIZES = { small: 0.88, normal: 1, large: 1.14 } as const
type Size = keyof typeof SIZES
/** The paper each kind is made for; others can be looked at. */
const PAPER: Readonly<Partial<Record<PrintKind, SlipPaper>>> = {
  addressLabel: 'label100x60',
  bagLabel: 'label4x6',
  receipt: 'roll80',
  manifest: 'a4',
  blankManifest: 'a4',
  separatorSheet: 'a4',
  overdueNotice: 'a4',
  coverPage: 'a4',
}
const TYPING_MS = 250

/** What stands on one kind of slip, beside the slip itself, drawn anew at every change. */
export function TemplateEditor({
  kind,
  template,
  hasLogo,
  onSave,
  onClose,
}: {
  kind: PrintKind
  template: SlipTemplate | undefined
  hasLogo: boolean
  onSave: (template: SlipTemplate | undefined) => void
  onClose: () => void
}) {
  const { t, i18n } = useTranslation()
  const { data: all } = useCore('slip.fields', { kind }, [])
  const [draft, setDraft] = useState(template ?? DESIGNED)
  const [paper, setPaper] = useState<SlipPaper>(PAPER[kind] ?? 'a5')
  const change = (part: Partial<SlipTemplate>) => setDraft({ ...draft, ...part })
  const size = (Object.keys(SIZES) as Size[]).find((one) => SIZES[one] === draft.size) ?? 'normal'
  const changed = JSON.stringify(draft) !== JSON.stringify(DESIGNED)
  return (
    <Dialog
      title={t('slips.editTitle', { kind: t(`printKind.${kind}`) })}
      open
      onClose={onClose}
      onSubmit={() => onSave(changed ? draft : undefined)}
      width="full"
      footer={
        <>
          <Button className="mr-auto" disabled={!changed} onClick={() => setDraft(DESIGNED)}>
            {t('slips.reset')}
          </Button>
          <Button kind="primary" size="big" type="submit" data-action="save-template">
            {t('slips.save')}
          </Button>
        </>
      }
    >
      <div className="grid h-[min(68vh,620px)] grid-cols-[340px_minmax(0,1fr)] gap-5">
        <div className="grid content-start gap-3.5 overflow-auto pr-1">
          {all && (
            <Fields
              all={all}
              fields={draft.fields}
              onChange={(fields) => change({ fields })}
              english={i18n.language === 'en'}
            />
          )}
          <div className="grid gap-1">
            <span className="lbl">{t('slips.size')}</span>
            <Segments
              label={t('slips.size')}
              value={size}
              options={(Object.keys(SIZES) as Size[]).map((id) => ({ id, label: t(`slips.sizes.${id}`) }))}
              onChange={(id) => change({ size: SIZES[id] })}
            />
          </div>
          <Select
            label={t('slips.language')}
            value={draft.language}
            options={(['desk', 'zh-CN', 'en'] as const).map((id) => ({ id, label: t(`slips.languages.${id}`) }))}
            onChange={(language) => change({ language })}
          />
          <Check on={draft.logo && hasLogo} disabled={!hasLogo} onChange={(logo) => change({ logo })}>
            {t('slips.logo')}
          </Check>
          <Field
            label={t('slips.footer')}
            placeholder={t('slips.footerHint')}
            maxLength={200}
            value={draft.footer}
            onChange={(footer) => change({ footer })}
          />
          <Select
            label={t('slips.paper')}
            value={paper}
            options={SlipPaper.options.map((id) => ({ id, label: t(`paper.${id}`) }))}
            onChange={setPaper}
          />
        </div>
        <Sample kind={kind} template={draft} paper={paper} />
      </div>
    </Dialog>
  )
}

interface FieldName {
  id: string
  zh: string
  en: string
}

/** What is shown, in its order; below it what is left out. */
function Fields({
  all,
  fields,
  onChange,
  english,
}: {
  all: readonly FieldName[]
  fields: readonly string[] | null
  onChange: (fields: string[]) => void
  english: boolean
}) {
  const { t } = useTranslation()
  const shown = (fields ?? all.map(({ id }) => id)).filter((id) => all.some((one) => one.id === id))
  const hidden = all.map(({ id }) => id).filter((id) => !shown.includes(id))
  const nameOf = (id: string) => {
    const found = all.find((one) => one.id === id)
    return (english ? found?.en : found?.zh) ?? id
  }
  const move = (id: string, by: number) => {
    const at = shown.indexOf(id)
    onChange(shown.with(at, shown[at + by]!).with(at + by, id))
  }
  return (
    <div className="grid gap-1">
      <span className="lbl">{t('slips.fields')}</span>
      <ul aria-label={t('slips.fields')} className="divide-y divide-line rounded-md border border-line bg-panel">
        {[...shown, ...hidden].map((id) => {
          const at = shown.indexOf(id)
          return (
            <li key={id} className="flex h-8 items-center gap-1 pr-1 pl-2.5" data-field={id}>
              <span className="min-w-0 flex-1">
                <Check
                  on={at >= 0}
                  onChange={(on) => onChange(on ? [...shown, id] : shown.filter((other) => other !== id))}
                >
                  <span className="ell">{nameOf(id)}</span>
                </Check>
              </span>
              {at > 0 && (
                <IconButton icon={ArrowUp} label={t('slips.up', { name: nameOf(id) })} onClick={() => move(id, -1)} />
              )}
              {at >= 0 && at < shown.length - 1 && (
                <IconButton
                  icon={ArrowDown}
                  label={t('slips.down', { name: nameOf(id) })}
                  onClick={() => move(id, 1)}
                />
              )}
            </li>
          )
        })}
      </ul>
    </div>
  )
}

/** The slip as it would be printed, a moment after the last change. */
function Sample({ kind, template, paper }: { kind: PrintKind; template: SlipTemplate; paper: SlipPaper }) {
  const { t } = useTranslation()
  const [blob, setBlob] = useState<string | null>(null)
  const key = JSON.stringify(template)
  useEffect(() => {
    let live = true
    const timer = setTimeout(() => {
      core('slip.sample', { kind, template: JSON.parse(key) as SlipTemplate, paper }).then(
        (made) => live && setBlob(made.blob),
        () => live && setBlob(null),
      )
    }, TYPING_MS)
    return () => {
      live = false
      clearTimeout(timer)
    }
  }, [kind, key, paper])
  if (blob === null) {
    return (
      <div className="grid h-full place-items-center bg-paper">
        <Skeleton w="320px" h={440} />
      </div>
    )
  }
  return <LazyPdf url={blobUrl(blob)} label={t('print.previewTitle', { kind: t(`printKind.${kind}`) })} />
}
