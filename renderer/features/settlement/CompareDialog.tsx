import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DifferenceView, MappingView } from '../../../electron/contract/core.contract.ts'
import type { DeskError } from '../../../electron/contract/errors.ts'
import { attempt } from '../../app/act.ts'
import { asDeskError } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Note } from '../../ui/Note.tsx'
import { Select } from '../../ui/Select.tsx'
import { kilos, yuan } from './money.ts'

const NONE = '-'
const TONE = { missing: 'amber', extra: 'seal', price: 'amber', weight: 'plain' } as const

/** The courier's own table beside our statement: which column is what, then only what differs. */
export function CompareDialog({
  asked,
  fileId,
  onClose,
}: {
  asked: { month: string; courier: string }
  fileId: string
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [file, setFile] = useState<CoreOut<'settlement.readFile'> | null>(null)
  const [error, setError] = useState<DeskError | null>(null)
  const [mapping, setMapping] = useState<MappingView | null>(null)
  const [found, setFound] = useState<CoreOut<'settlement.compare'> | null>(null)
  useEffect(() => {
    core('settlement.readFile', { courier: asked.courier, fileId }).then(
      (read) => {
        setFile(read)
        setMapping(read.mapping)
      },
      (failure: unknown) => setError(asDeskError(failure)),
    )
    // One file is read once.
  }, [fileId, asked.courier])
  const columns = file?.head[Math.max(0, (mapping?.headRows ?? 1) - 1)] ?? []
  const options = [
    { id: NONE, label: t('settlement.noColumn') },
    ...columns.map((name, index) => ({ id: String(index), label: name || t('settlement.columnN', { n: index + 1 }) })),
  ]
  const choose = (field: keyof MappingView['columns']) => (id: string) =>
    setMapping((old) => old && { ...old, columns: { ...old.columns, [field]: id === NONE ? null : Number(id) } })
  const compare = async () => {
    if (!mapping) return
    const result = await attempt(() => core('settlement.compare', { ...asked, fileId, mapping }))
    if (result) setFound(result)
  }
  return (
    <Dialog
      title={t('settlement.compareTitle')}
      open
      onClose={onClose}
      onSubmit={() => void compare()}
      width="full"
      footer={
        <Button kind="primary" size="big" type="submit" disabled={mapping?.columns.bag == null} data-action="compare">
          {t('settlement.compareDo')}
        </Button>
      }
    >
      {error && <Note tone="bad">{errorText(t, error.code, error.params)}</Note>}
      {file && mapping && (
        <>
          {file.remembered && <Note tone="plain">{t('settlement.remembered')}</Note>}
          <div className="grid grid-cols-5 gap-3">
            {(['bag', 'price', 'weight'] as const).map((field) => (
              <Select
                key={field}
                label={t(`settlement.${field}`)}
                value={mapping.columns[field] === null ? NONE : String(mapping.columns[field])}
                options={options}
                onChange={choose(field)}
              />
            ))}
            <Select
              label={t('settlement.unitPrice')}
              value={mapping.price}
              options={[{ id: 'yuan', label: t('settlement.unit.yuan') }, { id: 'fen', label: t('settlement.unit.fen') }]} // prettier-ignore
              onChange={(price) => setMapping({ ...mapping, price })}
            />
            <Select
              label={t('settlement.unitWeight')}
              value={mapping.weight}
              options={[
                { id: 'kg', label: 'kg' },
                { id: 'g', label: 'g' },
              ]}
              onChange={(weight) => setMapping({ ...mapping, weight })}
            />
          </div>
        </>
      )}
      {found && (
        <section data-compared>
          <p className="mb-2 text-ink-2">
            {t('settlement.found', { ours: found.ours, theirs: found.theirs, same: found.same })}
          </p>
          {found.bad.length > 0 && (
            <Note tone="warn">
              {t('settlement.bad', { count: found.bad.length, row: found.bad[0]!.row, text: found.bad[0]!.text })}
            </Note>
          )}
          {found.differences.length === 0 ? (
            <Note tone="ok">{t('settlement.same')}</Note>
          ) : (
            <ul className="divide-y divide-line border-y border-line">
              {found.differences.map((one) => (
                <li
                  key={`${one.kind} ${one.bag} ${'row' in one ? one.row : ''}`}
                  className="flex h-9 items-center gap-3"
                  data-difference={one.kind}
                >
                  <span className="w-24 flex-none">
                    <Tag tone={TONE[one.kind]}>{t(`settlement.difference.${one.kind}`)}</Tag>
                  </span>
                  <span className="mono">{one.bag}</span>
                  {'row' in one && <span className="text-ink-3">{t('settlement.row', { n: one.row })}</span>}
                  <span className="flex-1 text-right">{amounts(one)}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
    </Dialog>
  )

  function amounts(one: DifferenceView): string {
    if (one.kind === 'missing') return t('settlement.ours', { value: yuan(one.oursFen) })
    if (one.kind === 'extra') return [one.again ? t('settlement.again') : '', t('settlement.theirs', { value: yuan(one.theirsFen) })].filter(Boolean).join(' · ') // prettier-ignore
    if (one.kind === 'price') return t('settlement.both', { ours: yuan(one.oursFen), theirs: yuan(one.theirsFen) })
    return t('settlement.both', { ours: kilos(one.oursGrams), theirs: kilos(one.theirsGrams) })
  }
}
