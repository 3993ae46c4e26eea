import { useTranslation } from 'react-i18next'
import type { RequestDetail } from '../../../electron/contract/core.contract.ts'
import { useCore } from '../../app/data.ts'
import { size } from '../../app/format.ts'
import { PageImage } from '../copy/PageImage.tsx'
import { Card } from '../../ui/Place.tsx'

const SHOWN = 8

/** The pages of a copy in miniature, with what the completeness check says and the size of the finished file. */
export function PagesCard({ detail }: { detail: RequestDetail }) {
  const { t, i18n } = useTranslation()
  const { row, document } = detail
  const input = row.pageCount > 0 ? { requestId: row.id } : null
  const pages = useCore('pages.list', input, ['pages'], row.id).data
  if (row.pageCount === 0) return null
  const verdict = pages?.completeness.verdict ?? 'unknown'
  return (
    <Card className="px-3 py-2.5">
      <div className="flex items-center gap-2">
        <b className="font-semibold">{t('request.pages', { count: pages?.pages.length ?? row.pageCount })}</b>
        {verdict !== 'unknown' && (
          <span className={verdict === 'complete' ? 'text-ok' : 'text-amber'}>{t(`complete.${verdict}Short`)}</span>
        )}
        <span className="flex-1" />
        {document && !document.stale && <span className="text-ink-2">{size(document.bytesOut, i18n.language)}</span>}
      </div>
      <div className="mt-2 flex gap-[5px]">
        {(pages?.pages ?? []).slice(0, SHOWN).map((page) => (
          <span
            key={page.id}
            className="grid h-[52px] w-0 max-w-11 flex-1 place-items-center overflow-hidden rounded-[3px] border border-line-2 bg-white"
          >
            <PageImage
              page={page}
              small
              width={40}
              height={Math.round((40 * page.height) / page.width)}
              label=""
              className="max-w-none"
              transform={`rotate(${page.rotate}deg)`}
            />
          </span>
        ))}
        {row.pageCount > SHOWN && <span className="self-center pl-1 text-ink-3">+{row.pageCount - SHOWN}</span>}
      </div>
    </Card>
  )
}
