import { useQueryClient } from '@tanstack/react-query'
import { call } from '@tongxin/client/call'
import { useCan } from '@tongxin/client/can'
import { uploadFile } from '@tongxin/client/upload'
import { useWrite } from '@tongxin/client/use-write'
import type { PaperRow } from '@tongxin/contract/meetings'
import { addPaper, removePaper } from '@tongxin/contract/meetings.record'
import { Button, EmptyState, Lamp, RefusalText, Select, say, TextArea, whenText } from '@tongxin/ui'
import { Files, Paperclip } from 'lucide-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ALL_MEETINGS } from './meetings.api.ts'
import type { Meeting } from './meetings.types.ts'

const WHOLE = 'whole'
const OPEN = ['planned', 'noticed', 'in_progress', 'record_pending']

/** Papers for the items of the agenda: chosen here, opened by those who are called, taken back with a reason. */
export function PapersTab({ meeting }: { meeting: Meeting }) {
  const { t } = useTranslation()
  const [removing, setRemoving] = useState<PaperRow | null>(null)
  const whyNot = useWhyNot(meeting)
  const groups = [...meeting.agenda.map(({ id, title }) => ({ id, title })), { id: null, title: t('meetings.whole') }]
  const shown = groups.filter(({ id }) => meeting.papers.some((paper) => paper.agendaId === id))
  return (
    <>
      <PaperUpload meeting={meeting} whyNot={whyNot} />
      {meeting.papers.length === 0 ? (
        <EmptyState title={t('meetings.noPapers')} icon={<Files aria-hidden="true" />}>
          {t('meetings.noPapersHint')}
        </EmptyState>
      ) : null}
      {shown.map(({ id, title }) => (
        <section key={id ?? 'whole'} className="meeting-papers" aria-label={title}>
          <h3>{title}</h3>
          <ul>
            {meeting.papers
              .filter((paper) => paper.agendaId === id)
              .map((paper) => (
                <Paper key={paper.id} paper={paper} whyNot={whyNot} onRemove={() => setRemoving(paper)} />
              ))}
          </ul>
        </section>
      ))}
      {removing ? <RemoveDialog meeting={meeting} paper={removing} onClose={() => setRemoving(null)} /> : null}
    </>
  )
}

function useWhyNot({ state }: Meeting): string | undefined {
  const { t } = useTranslation()
  const { whyNot } = useCan()('meetings.convene')
  return whyNot ?? (OPEN.includes(state) ? undefined : t('meetings.papersClosed'))
}

type PaperProps = { paper: PaperRow; whyNot: string | undefined; onRemove: () => void }

function Paper({ paper, whyNot, onRemove }: PaperProps) {
  const { t, i18n } = useTranslation()
  const { removed } = paper
  const now = Date.now()
  const added = t('meetings.addedBy', { by: paper.addedBy, when: whenText(paper.addedAt, now, i18n.language) })
  return (
    <li>
      <span>
        {paper.mayOpen ? (
          <a href={`/api/v1/files/${paper.fileId}/content`} target="_blank" rel="noreferrer">
            {paper.name}
          </a>
        ) : (
          paper.name
        )}{' '}
        {removed ? (
          <Lamp state="idle">{t('meetings.takenBack')}</Lamp>
        ) : (
          <Lamp state={paper.state === 'clean' ? 'ok' : 'warn'}>{t(`meetings.scan.${paper.state}`)}</Lamp>
        )}
        <span className="hint">
          {removed
            ? t('meetings.takenBackBy', {
                by: removed.by,
                when: whenText(removed.at, now, i18n.language),
                reason: removed.reason,
              })
            : added}
        </span>
      </span>
      {removed ? null : (
        <Button
          kind="quiet"
          aria-label={t('meetings.takeBackOf', { name: paper.name })}
          whyNot={whyNot}
          onClick={onRemove}
        >
          {t('meetings.takeBack')}
        </Button>
      )}
    </li>
  )
}

function RemoveDialog({ meeting, paper, onClose }: { meeting: Meeting; paper: PaperRow; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const done = () => {
    say(t('meetings.takenBack'))
    onClose()
  }
  const remove = useWrite(removePaper, { refreshes: ALL_MEETINGS, onDone: done })
  return (
    <FormDialog
      title={t('meetings.takeBackOf', { name: paper.name })}
      verb={t('meetings.takeBack')}
      lead={t('meetings.takeBackHint')}
      isDanger
      whyNot={reason.trim().length < 2 ? t('meetings.reasonFirst') : undefined}
      isBusy={remove.isPending}
      error={remove.error}
      onClose={onClose}
      onSubmit={() => remove.mutate({ params: { id: meeting.id, paperId: paper.id }, body: { reason: reason.trim() } })}
    >
      <TextArea label={t('meetings.reason')} rows={3} maxLength={200} value={reason} onChange={setReason} />
    </FormDialog>
  )
}

/** Chooses an item and files; each is uploaded, checked and given to the meeting at once. */
function PaperUpload({ meeting, whyNot }: { meeting: Meeting; whyNot: string | undefined }) {
  const { t } = useTranslation()
  const client = useQueryClient()
  const [item, setItem] = useState(WHOLE)
  const [error, setError] = useState<unknown>(null)
  const [isBusy, setBusy] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const take = async (files: FileList | null) => {
    setBusy(true)
    setError(null)
    try {
      for (const file of files ?? []) {
        const fileId = await uploadFile(file, 'document')
        const body = item === WHOLE ? { fileId } : { fileId, agendaId: item }
        await call(addPaper, { params: { id: meeting.id }, body })
        say(t('meetings.paperAdded', { name: file.name }))
      }
    } catch (refused) {
      setError(refused)
    } finally {
      await client.invalidateQueries({ queryKey: ['meetings'] })
      setBusy(false)
      if (input.current) input.current.value = ''
    }
  }
  return (
    <div className="paper-upload">
      <Select
        label={t('meetings.paperFor')}
        value={item}
        onChange={(value) => setItem(value || WHOLE)}
        options={[
          { value: WHOLE, label: t('meetings.whole') },
          ...meeting.agenda.map(({ id, title }) => ({ value: id, label: title })),
        ]}
      />
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t('meetings.choosePapers')}
        accept=".pdf,.docx,.xlsx,.pptx"
        onChange={(event) => void take(event.target.files)}
      />
      <Button isBusy={isBusy} whyNot={whyNot} onClick={() => input.current?.click()}>
        <Paperclip size="1.1em" aria-hidden="true" />
        {t('meetings.choosePapers')}
      </Button>
      <p className="hint">{t('meetings.papersHint')}</p>
      <RefusalText error={error} />
    </div>
  )
}
