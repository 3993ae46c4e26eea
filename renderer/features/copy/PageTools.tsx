import { useTranslation } from 'react-i18next'
import { CommandButton } from '../../app/CommandButton.tsx'

/** Above the page: what is done with it most. @param deleted pages that can be brought back */
export function PageTools({ deleted }: { deleted: number }) {
  const { t } = useTranslation()
  return (
    <>
      <CommandButton id="copy.rotate" kind="quiet" />
      <CommandButton id="copy.adjust" kind="quiet" />
      <CommandButton id="copy.undo" kind="quiet" kbd={false}>
        {t('copy.undoShort')}
      </CommandButton>
      <CommandButton id="copy.moveUp" kind="quiet" kbd={false}>
        {t('copy.moveUpShort')}
      </CommandButton>
      <CommandButton id="copy.moveDown" kind="quiet" kbd={false}>
        {t('copy.moveDownShort')}
      </CommandButton>
      <CommandButton id="copy.moveTo" kind="quiet">
        {t('copy.moveToShort')}
      </CommandButton>
      <CommandButton id="copy.delete" kind="quiet" />
      {deleted > 0 && (
        <CommandButton id="copy.restore" kind="quiet" kbd={false}>
          {t('copy.restoreN', { count: deleted })}
        </CommandButton>
      )}
    </>
  )
}
