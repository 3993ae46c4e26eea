import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { UpdateView } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { moment, size } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { core, main } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { Fact } from '../../ui/Place.tsx'
import { Line } from '../settings/Line.tsx'
import { Announced } from './Announced.tsx'
import { install } from './install.ts'

/** The version that runs, the one that lies ready, and where versions come from. */
export function UpdateSettings() {
  const { t, i18n } = useTranslation()
  const { data } = useCore('update.get', {}, ['update', 'jobs', 'outbox'])
  const now = useNow(30_000)
  if (!data) return null
  const { offer, lastCheck } = data
  const quiet = data.state === 'checking' || data.state === 'fetching'
  const work = data.busy.map((one) => t(`update.work.${one}`)).join(t('ui.listComma'))
  const fromFolder = async () => {
    const chosen = await attempt(() => main('files.chooseFolder', {}))
    const folderId = chosen?.folder?.id
    if (folderId) await attempt(() => core('update.fromFolder', { folderId }))
  }
  return (
    <>
      <div className="grid grid-cols-2 gap-3">
        <Fact label={t('update.now')}>{data.version}</Fact>
        {lastCheck && data.source === 'server' && (
          <Fact label={t('update.lastCheck')}>{moment(lastCheck.at, i18n.language, now, t)}</Fact>
        )}
      </div>
      {data.goneBackFrom && (
        <Note tone="warn">{t('update.wentBack', { version: data.goneBackFrom, now: data.version })}</Note>
      )}
      {data.announced && <Announced announced={data.announced} />}
      {lastCheck?.code && <Note tone="bad">{errorText(t, lastCheck.code, {})}</Note>}
      <Line title={stateText(data, t, i18n.language)} hint={t(`update.source.${data.source}`)}>
        {data.state === 'ready' && offer ? (
          <Button
            kind="primary"
            data-update="install"
            disabled={data.busy.length > 0}
            {...(work ? { title: t('update.busy', { work }) } : {})}
            onClick={() => void install(offer.version)}
          >
            {t('update.install')}
          </Button>
        ) : (
          data.source === 'server' && (
            <Button data-update="check" disabled={quiet} onClick={() => void attempt(() => core('update.check', {}))}>
              {t('update.check')}
            </Button>
          )
        )}
      </Line>
      {data.state === 'ready' && work && <Note tone="plain">{t('update.busy', { work })}</Note>}
      {(data.source === 'server' || data.source === 'folder') && (
        <Line title={t('update.folderTitle')} hint={t('update.folderHint')}>
          <Button disabled={quiet} onClick={() => void fromFolder()}>
            {t('update.folder')}
          </Button>
        </Line>
      )}
    </>
  )
}

function stateText({ state, offer, fetched, lastCheck }: UpdateView, t: TFunction, language: string): string {
  if (state === 'checking') return t('update.state.checking')
  if (offer && state === 'fetching')
    return t('update.state.fetching', {
      version: offer.version,
      done: size(fetched, language),
      size: size(offer.bytes, language),
    })
  if (offer && state === 'ready') return t('update.state.ready', { version: offer.version })
  if (!lastCheck) return t('update.state.unknown')
  return t(lastCheck.code ? 'update.state.failed' : 'update.state.idle')
}
