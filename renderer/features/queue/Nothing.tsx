import { Inbox, SearchX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useCore } from '../../app/data.ts'
import { setSearch } from '../../app/routes.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useQueue } from './store.ts'

/** Why there are no rows, and the next step: what may have been meant, a wider search, or nothing at all. */
export function Nothing({ search, error }: { search: string; error: string | null }) {
  const { t } = useTranslation()
  const meant = useCore('queue.suggest', search ? { text: search.slice(0, 200) } : null, ['queue']).data?.text
  if (error) return <EmptyState icon={SearchX} title={t('queue.errorTitle')}>{error}</EmptyState> // prettier-ignore
  if (search)
    return (
      <EmptyState
        icon={SearchX}
        title={t('queue.notFoundTitle', { text: search })}
        action={
          <>
            {meant && (
              <Button kind="primary" data-action="meant" onClick={() => setSearch(meant)}>
                {t('queue.meant', { text: meant })}
              </Button>
            )}
            <Button onClick={() => useQueue.setState({ everywhere: true })}>{t('queue.searchEverywhere')}</Button>
            <Button kind="quiet" kbd="Escape" onClick={() => setSearch('')}>
              {t('queue.clearSearch')}
            </Button>
          </>
        }
      >
        {t('queue.notFound')}
      </EmptyState>
    )
  return (
    <EmptyState icon={Inbox} title={t('queue.emptyTitle')}>
      {t('queue.empty')}
    </EmptyState>
  )
}
