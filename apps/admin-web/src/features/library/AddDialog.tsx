import { useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { uploadFile } from '@tongxin/client/upload'
import { addLibraryDocument } from '@tongxin/contract/library.keeping'
import { LIBRARY_KINDS, type LibraryKind } from '@tongxin/contract/library.words'
import { Select, say } from '@tongxin/ui'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { OrgPicker } from '../../shared/OrgPicker.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { EMPTY_DRAFT, FactsFields, factsOf, isComplete } from './FactsFields.tsx'
import { FileRows, type Waiting } from './FileRows.tsx'
import { ALL_LIBRARY } from './library.api.ts'

const LEAST_TITLE = 2

/** Several files at once: each is sent, read and published by itself; what was refused stays in the list with its reason. */
export function AddDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation()
  const [kind, setKind] = useState<LibraryKind | ''>('material')
  const [orgId, setOrgId] = useState('')
  const [draft, setDraft] = useState(EMPTY_DRAFT)
  const [files, setFiles] = useState<readonly Waiting[]>([])
  const [error, setError] = useState<unknown>(null)
  const { isBusy, publish } = usePublishing(setFiles, setError)
  const errorAt = useFieldErrors(error)
  const open = files.filter(({ state }) => state !== 'done')
  const isReady =
    kind !== '' &&
    orgId !== '' &&
    isComplete(draft, kind) &&
    open.length > 0 &&
    open.every(({ title }) => title.trim().length >= LEAST_TITLE)
  const submit = async () => {
    if (kind === '') return
    const isAll = await publish(open, (title, fileId) => ({ kind, orgId, fileId, ...factsOf(draft, kind, title) }))
    if (!isAll) return
    say(t('library.done'))
    onClose()
  }
  return (
    <FormDialog
      title={t('library.add')}
      verb={t('library.add')}
      lead={t('library.addLead')}
      labels={{ '/body/fileId': t('library.file'), '/body/audienceId': t('library.audience') }}
      whyNot={isReady ? undefined : t('library.fillFirst')}
      isBusy={isBusy}
      error={error}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <FileRows files={files} onChange={setFiles} isBusy={isBusy} isMany={kind !== 'statute'} />
      <Select
        label={t('library.kind')}
        required
        value={kind}
        onChange={setKind}
        options={LIBRARY_KINDS.map((value) => ({ value, label: t(`words.library.kind.${value}`) }))}
      />
      <OrgPicker label={t('library.unit')} required value={orgId} onChange={setOrgId} />
      {kind === '' ? null : (
        <FactsFields kind={kind} draft={draft} set={(one) => setDraft({ ...draft, ...one })} errorAt={errorAt} />
      )}
    </FormDialog>
  )
}

type Body = Parameters<typeof call<typeof addLibraryDocument>>[1]['body']

/** One file after another; the first refusal ends the row, what was published before stays published. */
function usePublishing(
  setFiles: (change: (files: readonly Waiting[]) => readonly Waiting[]) => void,
  setError: (error: unknown) => void,
) {
  const client = useQueryClient()
  const [isBusy, setBusy] = useState(false)
  const leaving = useRef<AbortController | null>(null)
  useEffect(() => () => leaving.current?.abort(), [])
  const mark = (key: string, change: Partial<Waiting>) =>
    setFiles((files) => files.map((file) => (file.key === key ? { ...file, ...change } : file)))
  const publish = async (
    files: readonly Waiting[],
    bodyOf: (title: string, fileId: string) => Body,
  ): Promise<boolean> => {
    leaving.current = new AbortController()
    const { signal } = leaving.current
    setBusy(true)
    setError(null)
    try {
      for (const { key, file, title } of files) {
        mark(key, { state: 'sending', sent: 0 })
        try {
          const onProgress = (bytes: number) => mark(key, { sent: bytes })
          const fileId = await uploadFile(file, 'library', { signal, onProgress })
          mark(key, { state: 'reading' })
          await call(addLibraryDocument, { body: bodyOf(title.trim(), fileId), signal })
          mark(key, { state: 'done' })
        } catch (cause) {
          mark(key, { state: 'refused' })
          throw cause
        }
      }
      return true
    } catch (cause) {
      if (!signal.aborted) setError(cause)
      return false
    } finally {
      setBusy(false)
      await Promise.all(ALL_LIBRARY.map((queryKey) => client.invalidateQueries({ queryKey })))
    }
  }
  return { isBusy, publish }
}
