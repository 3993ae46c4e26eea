import { useTranslation } from 'react-i18next'
import { citation } from '../../../electron/contract/citation.ts'
import type { RequestDetail } from '../../../electron/contract/core.contract.ts'
import { moment } from '../../app/format.ts'
import { Fact } from '../../ui/Place.tsx'

/** Bibliographic and delivery data in two columns; what is not known is left out. */
export function Facts({ detail, now }: { detail: RequestDetail; now: number }) {
  const { t, i18n } = useTranslation()
  const { fields, row } = detail
  const loan = row.service === 'loan'
  const end = moment(row.promiseAt - 1, i18n.language, now, t)
  const promise = row.promiseCertain ? end : t('request.promiseUncertain', { end })
  const facts: [string, string][] = [
    ['author', fields.author],
    ['journal', loan ? '' : fields.journal],
    [loan ? 'year' : 'citation', loan ? fields.year : citation(fields)],
    ['edition', fields.edition],
    ['publisher', fields.publisher],
    ['callNumber', fields.callNumber],
    ['location', fields.location],
    ['isbn', fields.isbn],
    ['issn', fields.issn],
    [row.role === 'requester' ? 'supplier' : 'partner', row.partnerName],
    [loan ? 'deliveryMethod' : 'copyDelivery', t(`delivery.${fields.deliveryMethod}`)],
    ['readerCategory', fields.readerCategory && t('request.reader', { category: fields.readerCategory })],
    ['appliedAt', moment(row.appliedAt, i18n.language, now, t)],
    ['promiseAt', promise],
    ['dueAt', row.dueAt === null ? '' : moment(row.dueAt, i18n.language, now, t)],
  ]
  return (
    <div className="grid grid-cols-2 gap-x-4 gap-y-2.5">
      {facts
        .filter(([, value]) => value)
        .map(([name, value]) => (
          <Fact key={name} label={t(`field.${name}`)}>
            {value}
          </Fact>
        ))}
      {(['readerNote', 'notePartner'] as const)
        .filter((name) => fields[name])
        .map((name) => (
          <div key={name} className="col-span-2">
            <Fact label={t(`field.${name}`)}>{fields[name]}</Fact>
          </div>
        ))}
    </div>
  )
}
