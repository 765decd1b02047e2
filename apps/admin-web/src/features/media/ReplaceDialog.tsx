import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { type MediaRecord, replaceMedia } from '@tongxin/contract/media'
import { say, TextArea } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { FileChoice } from './FileChoice.tsx'
import { ALL_MEDIA } from './media.api.ts'
import { useSending } from './use-sending.ts'

/** A new file in place of the one that plays, or beside it where lessons keep what was reviewed. */
export function ReplaceDialog({ one, onClose }: { one: MediaRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<File | null>(null)
  const [reason, setReason] = useState('')
  const sending = useSending()
  const navigate = useNavigate()
  const replace = useWrite(replaceMedia, {
    refreshes: [...ALL_MEDIA],
    onDone: ({ id, drafts, left, proposalId }) => {
      onClose()
      if (proposalId !== null) return say(t('media.proposed'))
      if (id === one.id) return say(t('media.replaced'))
      say(t('media.succeeded', { drafts, left }))
      void navigate({ to: paths.media.one(id) })
    },
  })
  const submit = async () => {
    const sent = file ? await sending.send(file) : null
    if (sent) replace.mutate({ params: { id: one.id }, body: { ...sent, reason: reason.trim() } })
  }
  const missing = file === null ? 'fileFirst' : reason.trim() === '' ? 'reasonFirst' : null
  return (
    <FormDialog
      title={t('media.replace')}
      lead={t('media.replaceHint', { count: one.uses })}
      verb={t('media.replaceVerb')}
      whyNot={missing ? t(`media.${missing}`) : undefined}
      isBusy={sending.sent !== null || replace.isPending}
      error={sending.error ?? replace.error}
      labels={{ '/body/fileId': t('media.file') }}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FileChoice file={file} onFile={setFile} sent={sending.sent} onStop={sending.stop} />
      <TextArea label={t('media.reason')} required maxLength={500} value={reason} onChange={setReason} />
    </FormDialog>
  )
}
