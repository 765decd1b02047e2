import { useWrite } from '@tongxin/client/use-write'
import { noteTalk, openTalk, type TalkRow } from '@tongxin/contract/meetings.talks'
import { Button, DateInput, dateOf, RefusalText, Select, TextArea, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import type { Matrix } from './TalkMatrix.tsx'
import { useDone } from './use-done.ts'

/** Notes a talk between two members of the branch. What was said is sealed and may be left out. */
export function TalkDialog({ matrix, onClose }: { matrix: Matrix; onClose: () => void }) {
  const { t } = useTranslation()
  const [heldOn, setHeldOn] = useState(dateOf(Date.now()))
  const [firstId, setFirst] = useState('')
  const [secondId, setSecond] = useState('')
  const [place, setPlace] = useState('')
  const [content, setContent] = useState('')
  const note = useWrite(noteTalk, useDone(onClose, 'meetings.talk.noted'))
  const errorAt = useFieldErrors(note.error)
  const people = matrix.people.map(({ memberId, name }) => ({ value: memberId, label: name }))
  return (
    <FormDialog
      title={t('meetings.talk.noteIn', { branch: matrix.orgName })}
      verb={t('meetings.talk.save')}
      lead={t('meetings.talk.sealed')}
      labels={{ '/body/heldOn': t('meetings.talk.heldOn'), '/body/secondId': t('meetings.talk.second') }}
      whyNot={firstId === '' || secondId === '' || heldOn === '' ? t('meetings.talk.twoFirst') : undefined}
      isBusy={note.isPending}
      error={note.error}
      onClose={onClose}
      onSubmit={() =>
        note.mutate({
          body: {
            orgId: matrix.orgId,
            heldOn,
            firstId,
            secondId,
            place: place.trim() || null,
            content: content.trim() || null,
          },
        })
      }
    >
      <DateInput
        label={t('meetings.talk.heldOn')}
        required
        value={heldOn}
        onChange={setHeldOn}
        error={errorAt('/body/heldOn')}
      />
      <Select label={t('meetings.talk.first')} required value={firstId} onChange={setFirst} options={people} />
      <Select
        label={t('meetings.talk.second')}
        required
        value={secondId}
        onChange={setSecond}
        options={people.filter(({ value }) => value !== firstId)}
        error={errorAt('/body/secondId')}
      />
      <TextInput label={t('meetings.place')} maxLength={100} value={place} onChange={setPlace} />
      <TextArea label={t('meetings.talk.content')} rows={4} maxLength={8000} value={content} onChange={setContent} />
    </FormDialog>
  )
}

/** Opens what was said, after the purpose was given; it is written down who looked. */
export function OpenTalk({ row }: { row: TalkRow }) {
  const { t } = useTranslation()
  const [purpose, setPurpose] = useState('')
  const open = useWrite(openTalk, { refreshes: [] })
  if (!row.hasContent) return <p className="hint">{t('meetings.talk.nothingWritten')}</p>
  if (!row.mayOpen) return <p className="hint">{t('meetings.talk.notForYou')}</p>
  if (open.data) return <p className="talk-content">{open.data.content}</p>
  return (
    <div className="life-part">
      <p className="hint">{t('meetings.talk.openLead')}</p>
      <TextInput label={t('meetings.purpose')} required maxLength={200} value={purpose} onChange={setPurpose} />
      <RefusalText error={open.error} />
      <Button
        kind="primary"
        isBusy={open.isPending}
        whyNot={purpose.trim().length < 2 ? t('meetings.purposeFirst') : undefined}
        onClick={() => open.mutate({ params: { id: row.id }, body: { purpose: purpose.trim() } })}
      >
        {t('meetings.talk.open')}
      </Button>
    </div>
  )
}
