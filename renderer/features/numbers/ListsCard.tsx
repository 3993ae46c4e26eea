import { Upload, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Evaluation, RankingList } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { count } from '../../app/format.ts'
import { toast } from '../../app/toasts.ts'
import { core, main } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import type { ScorePart } from './Score.tsx'

const LISTS: Record<ScorePart, readonly RankingList[]> = {
  delivery: ['deliveryReceived', 'deliverySubmitted', 'deliveryUsers'],
  loan: ['loanCollection', 'loanUsers'],
  month: ['monthVideos', 'monthLent', 'monthSubmitted', 'monthUsers'],
}

/** The centre's lists: with them a rank is known, and how many more lead to the next one. */
export function ListsCard({ year, part, data }: { year: number; part: ScorePart; data: Evaluation }) {
  const { t, i18n } = useTranslation()
  async function take(list: RankingList): Promise<void> {
    await attempt(async () => {
      const { files } = await main('files.open', { kind: 'table', multiple: false })
      const [file] = files
      if (!file) return
      const taken = await core('evaluation.import', { year, list, fileId: file.id })
      const sum = count(taken.sum, i18n.language)
      toast({ tone: 'ok', text: () => t('score.listTaken', { count: taken.libraries, sum }), ms: 6000 })
      if (taken.unknown.length > 0)
        toast({
          tone: 'plain',
          text: () => t('score.listUnknown', { names: taken.unknown.slice(0, 5).join('、') }),
          ms: 9000,
        })
    })
  }
  async function takeQuestionnaire(): Promise<void> {
    await attempt(async () => {
      const { files } = await main('files.open', { kind: 'table', multiple: false })
      const [file] = files
      if (!file) return
      const { satisfaction } = await core('evaluation.importSatisfaction', { year, fileId: file.id })
      toast({
        tone: 'ok',
        text: () => t('score.satisfactionTaken', { word: t(`score.word.${satisfaction}`) }),
        ms: 6000,
      })
    })
  }
  const { satisfaction } = data.inputs
  return (
    <div className="mt-4">
      <h2 className="mb-1 text-md font-semibold">{t('score.lists')}</h2>
      <p className="mb-1.5 text-sm text-ink-2">{t('score.listsWhy')}</p>
      <ul className="divide-y divide-line">
        {LISTS[part].map((list) => {
          const known = data.lists.find((one) => one.list === list)
          return (
            <li key={list} className="flex min-h-9 items-center gap-2">
              <span className="min-w-0 flex-1">
                <span className="block">{t(`score.list.${list}`)}</span>
                {known && (
                  <span className="block text-sm text-ink-2">
                    {t('score.listFacts', { count: known.libraries, sum: count(known.sum, i18n.language) })}
                    {!known.reaches && <span className="text-amber"> {t('score.listEnds')}</span>}
                  </span>
                )}
              </span>
              <Button size="small" icon={Upload} onClick={() => void take(list)}>
                {t('score.import')}
              </Button>
              {known && (
                <IconButton
                  icon={X}
                  label={t('score.forget', { list: t(`score.list.${list}`) })}
                  onClick={() => void attempt(() => core('evaluation.forgetList', { year, list }))}
                />
              )}
            </li>
          )
        })}
        {part === 'delivery' && (
          <li className="flex min-h-9 items-center gap-2">
            <span className="min-w-0 flex-1">
              <span className="block">{t('score.questionnaire')}</span>
              {satisfaction !== null && (
                <span className="block text-sm text-ink-2">{t(`score.word.${satisfaction}`)}</span>
              )}
            </span>
            <Button size="small" icon={Upload} onClick={() => void takeQuestionnaire()}>
              {t('score.import')}
            </Button>
          </li>
        )}
      </ul>
    </div>
  )
}
