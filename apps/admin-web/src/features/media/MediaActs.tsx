import { useWrite } from '@tongxin/client/use-write'
import { type MediaRecord, removeMedia, restoreMedia, transcodeMedia } from '@tongxin/contract/media'
import { Button, ConfirmDialog, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ChangeDialog } from './ChangeDialog.tsx'
import { ALL_MEDIA } from './media.api.ts'
import { ReplaceDialog } from './ReplaceDialog.tsx'

type Open = 'change' | 'replace' | 'remove' | null

/** What may be done with a medium now; what may not says why. */
export function MediaActs({ one }: { one: MediaRecord }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<Open>(null)
  const done = (key: string) => ({
    refreshes: [...ALL_MEDIA, ['playback', one.id]],
    onDone: () => {
      setOpen(null)
      say(t(`media.${key}`))
    },
  })
  const restore = useWrite(restoreMedia, done('restored'))
  const again = useWrite(transcodeMedia, done('asked'))
  const remove = useWrite(removeMedia, done('removed'))
  const at = { params: { id: one.id } }
  const notOwn = one.from === 'above' ? t('media.notOwn') : undefined
  const isWaiting = one.state === 'uploaded' || one.state === 'transcoding'
  if (one.removedAt !== null) {
    const whyNot = one.can.restore ? undefined : (notOwn ?? t('media.mayNot'))
    return (
      <>
        <RefusalText error={restore.error} />
        <Button
          kind="primary"
          whyNot={whyNot}
          isBusy={restore.isPending}
          onClick={() => restore.mutate({ ...at, body: {} })}
        >
          {t('media.restore')}
        </Button>
      </>
    )
  }
  const whyNot = one.can.change ? undefined : (notOwn ?? t('media.mayNot'))
  const waits = isWaiting ? t('media.firstReady') : undefined
  const used = one.uses > 0 ? t('media.isUsed', { count: one.uses }) : undefined
  return (
    <>
      <RefusalText error={again.error} />
      {one.can.transcode ? (
        <Button isBusy={again.isPending} onClick={() => again.mutate({ ...at, body: {} })}>
          {t('media.again')}
        </Button>
      ) : null}
      <Button whyNot={whyNot ?? used ?? waits} onClick={() => setOpen('remove')}>
        {t('media.remove')}
      </Button>
      <Button whyNot={whyNot ?? waits} onClick={() => setOpen('replace')}>
        {t('media.replace')}
      </Button>
      <Button kind="primary" whyNot={whyNot} onClick={() => setOpen('change')}>
        {t('media.change')}
      </Button>
      <ConfirmDialog
        isOpen={open === 'remove'}
        onClose={() => setOpen(null)}
        title={t('media.removeTitle')}
        verb={t('media.remove')}
        isDanger
        reasonLabel={t('media.reason')}
        isBusy={remove.isPending}
        error={remove.error}
        onConfirm={(reason) => remove.mutate({ ...at, body: { reason } })}
      >
        <p>{t('media.removeHint')}</p>
      </ConfirmDialog>
      {open === 'replace' ? <ReplaceDialog one={one} onClose={() => setOpen(null)} /> : null}
      {open === 'change' ? <ChangeDialog one={one} onClose={() => setOpen(null)} /> : null}
    </>
  )
}
