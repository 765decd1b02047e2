import { useNavigate } from '@tanstack/react-router'
import { useWrite } from '@tongxin/client/use-write'
import { importPackage, type PackageRecord, renewPackage } from '@tongxin/contract/courseware'
import { say, TextArea, TextInput } from '@tongxin/ui'
import { Package } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { FileChoice } from '../../shared/upload/FileChoice.tsx'
import { useSending } from '../../shared/upload/use-sending.ts'
import { ALL_PACKAGES } from './courseware.api.ts'
import './courseware.css'

/** A new package, or a new version of `one`. What is wrong with the file is told here, with what to do about it. */
export function UploadDialog({ one, onClose }: { one?: PackageRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [file, setFile] = useState<File | null>(null)
  const [words, setWords] = useState('')
  const sending = useSending('package')
  const onDone = ({ id }: { id: string }) => {
    say(t(one ? 'courseware.renewed' : 'courseware.imported'))
    onClose()
    void navigate({ to: paths.courseware.one(id) })
  }
  const add = useWrite(importPackage, { refreshes: [...ALL_PACKAGES], onDone })
  const renew = useWrite(renewPackage, { refreshes: [...ALL_PACKAGES], onDone })
  const said = words.trim()
  const submit = async () => {
    const fileId = file ? await sending.send(file) : null
    if (!fileId) return
    if (one) renew.mutate({ params: { id: one.id }, body: { fileId, reason: said } })
    else add.mutate({ body: { fileId, ...(said ? { title: said } : {}) } })
  }
  const missing = file === null ? 'fileFirst' : one && said.length < 2 ? 'reasonFirst' : null
  const isUnpacking = add.isPending || renew.isPending
  return (
    <FormDialog
      title={t(one ? 'courseware.renew' : 'courseware.import')}
      lead={t(one ? 'courseware.renewHint' : 'courseware.importHint')}
      verb={t('courseware.importVerb')}
      whyNot={missing ? t(`courseware.${missing}`) : undefined}
      isBusy={sending.sent !== null || isUnpacking}
      error={sending.error ?? add.error ?? renew.error}
      labels={{ '/body/fileId': t('courseware.file'), '/body/title': t('courseware.name') }}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FileChoice
        label={t('courseware.file')}
        hint={t('courseware.fileHint')}
        accept=".zip,.xml,application/zip,text/xml"
        icon={<Package aria-hidden="true" />}
        file={file}
        onFile={setFile}
        sent={sending.sent}
        onStop={sending.stop}
      />
      {isUnpacking ? <p role="status">{t('courseware.unpacking')}</p> : null}
      {one ? (
        <TextArea label={t('courseware.reason')} required maxLength={500} value={words} onChange={setWords} />
      ) : (
        <TextInput label={t('courseware.titleInstead')} maxLength={200} value={words} onChange={setWords} />
      )}
    </FormDialog>
  )
}
