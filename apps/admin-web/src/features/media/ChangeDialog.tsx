import { useWrite } from '@tongxin/client/use-write'
import { changeMedia, type MediaRecord } from '@tongxin/contract/media'
import { say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_MEDIA } from './media.api.ts'
import { isUnsaid, saidOf, WordFields, type Words } from './WordFields.tsx'

/** The words of a medium; refused when somebody else changed them meanwhile. */
export function ChangeDialog({ one, onClose }: { one: MediaRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [words, setWords] = useState<Words>({ ...one, transcript: one.transcript ?? '' })
  const change = useWrite(changeMedia, {
    refreshes: [...ALL_MEDIA, ['playback', one.id]],
    onDone: ({ proposalId }) => {
      say(t(proposalId === null ? 'media.changed' : 'media.proposed'))
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('media.change')}
      lead={one.needsReview ? t('media.needsReview') : undefined}
      verb={t('media.saveVerb')}
      whyNot={isUnsaid(words) ? t('media.wordsFirst') : undefined}
      isBusy={change.isPending}
      error={change.error}
      onSubmit={() => change.mutate({ params: { id: one.id }, ifMatch: one.version, body: saidOf(words) })}
      onClose={onClose}
    >
      <WordFields words={words} onChange={setWords} />
    </FormDialog>
  )
}
