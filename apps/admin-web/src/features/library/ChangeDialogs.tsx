import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { addLibraryVersion, changeLibraryDocument, linkReplacement } from '@tongxin/contract/library.keeping'
import type { LibraryRecord } from '@tongxin/contract/library.words'
import { RefusalText, Select, TextInput } from '@tongxin/ui'
import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { FileChoice } from '../../shared/upload/FileChoice.tsx'
import { useSending } from '../../shared/upload/use-sending.ts'
import { type Draft, FactsFields, factsOf, isComplete } from './FactsFields.tsx'
import { ACCEPTED } from './FileRows.tsx'
import { statutesQuery } from './library.api.ts'
import { useDone } from './use-done.ts'
import './library.css'

const LEAST = 2
const draftOf = ({ document, statute, ...record }: LibraryRecord): Draft => ({
  classId: document.classId,
  summary: record.summary,
  tags: document.tags.join('、'),
  secrecy: document.secrecy,
  audienceId: record.audienceId,
  validFrom: record.validFrom ?? '',
  validTo: record.validTo ?? '',
  downloads: record.downloads,
  isMarked: record.isMarked,
  retention: record.retention,
  documentNumber: statute?.documentNumber ?? '',
  issuer: statute?.issuer ?? '',
  rank: statute?.rank ?? '',
  effectiveOn: statute?.effectiveOn ?? '',
})

export function ChangeDialog({ record, onClose }: { record: LibraryRecord; onClose: () => void }) {
  const { t } = useTranslation()
  const { id, kind } = record.document
  const [title, setTitle] = useState(record.document.title)
  const [draft, setDraft] = useState(() => draftOf(record))
  const save = useWrite(changeLibraryDocument, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  const isReady = title.trim().length >= LEAST && isComplete(draft, kind)
  return (
    <FormDialog
      title={t('library.change')}
      verb={t('library.save')}
      labels={{ '/body/audienceId': t('library.audience'), '/body/title': t('library.documentTitle') }}
      whyNot={isReady ? undefined : t('library.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() =>
        save.mutate({ params: { id }, ifMatch: record.version, body: factsOf(draft, kind, title.trim()) })
      }
      onClose={onClose}
    >
      <TextInput
        label={t('library.documentTitle')}
        required
        maxLength={120}
        value={title}
        onChange={setTitle}
        error={errorAt('/body/title')}
      />
      <FactsFields kind={kind} draft={draft} set={(one) => setDraft({ ...draft, ...one })} errorAt={errorAt} />
    </FormDialog>
  )
}

export function VersionDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [file, setFile] = useState<{ id: string; file: File } | null>(null)
  const [note, setNote] = useState('')
  const sending = useSending('library')
  const save = useWrite(addLibraryVersion, useDone(onClose))
  const take = async (chosen: File) => {
    const fileId = await sending.send(chosen)
    if (fileId !== null) setFile({ id: fileId, file: chosen })
  }
  const isReady = file !== null && note.trim().length >= LEAST
  return (
    <FormDialog
      title={t('library.addVersion')}
      verb={t('library.addVersion')}
      lead={t('library.addVersionLead')}
      labels={{ '/body/fileId': t('library.file') }}
      whyNot={isReady ? undefined : t('library.fillFirst')}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => file && save.mutate({ params: { id }, body: { fileId: file.id, note } })}
      onClose={onClose}
    >
      <FileChoice
        label={t('library.file')}
        hint={t('library.filesHint')}
        accept={ACCEPTED}
        icon={<FileUp aria-hidden="true" />}
        file={file?.file ?? null}
        onFile={(chosen) => void take(chosen)}
        sent={sending.sent}
        onStop={sending.stop}
      />
      <RefusalText error={sending.error} />
      <TextInput label={t('library.note')} required maxLength={200} value={note} onChange={setNote} />
    </FormDialog>
  )
}

export function LinkDialog({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const [replacedId, setReplacedId] = useState('')
  const [isWhole, setWhole] = useState(true)
  const [note, setNote] = useState('')
  const { data = [] } = useQuery(statutesQuery(text.trim()))
  const save = useWrite(linkReplacement, useDone(onClose))
  const errorAt = useFieldErrors(save.error)
  return (
    <FormDialog
      title={t('library.link')}
      verb={t('library.link')}
      lead={t('library.linkLead')}
      labels={{ '/body/replacedId': t('library.older') }}
      whyNot={replacedId === '' ? t('library.fillFirst') : undefined}
      isBusy={save.isPending}
      error={save.error}
      onSubmit={() => save.mutate({ params: { id }, body: { replacedId, isWhole, note } })}
      onClose={onClose}
    >
      <TextInput label={t('library.search')} maxLength={80} value={text} onChange={setText} />
      <Select
        label={t('library.older')}
        required
        value={replacedId}
        onChange={setReplacedId}
        options={data
          .filter((row) => row.id !== id)
          .map((row) => ({ value: row.id, label: [row.title, row.documentNumber ?? ''].join(' ').trim() }))}
        error={errorAt('/body/replacedId')}
      />
      <label className="library-check">
        <input type="checkbox" checked={isWhole} onChange={(event) => setWhole(event.target.checked)} />
        {t('library.isWhole')}
      </label>
      <TextInput label={t('library.linkNote')} maxLength={200} value={note} onChange={setNote} />
    </FormDialog>
  )
}
