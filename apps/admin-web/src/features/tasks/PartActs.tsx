import { useCan } from '@tongxin/client/can'
import { useWrite } from '@tongxin/client/use-write'
import { checkTaskPart, signTaskPart, type TaskPartDesk, withdrawTaskPart } from '@tongxin/contract/tasks.parts'
import { OPEN_PART_STATES } from '@tongxin/domain/tasks/parts'
import { Button, RefusalText } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { AskedAct } from '../../shared/AskedAct.tsx'
import { AskExtensionDialog, DecideExtensionDialog } from './ExtensionDialogs.tsx'
import { NoteDialog } from './NoteDialog.tsx'
import { PassOnDialog } from './PassOnDialog.tsx'
import { useDone } from './use-done.ts'

/** What the post may do with a part: those who are asked do it, those who ask check it. */
export function PartActs({ record }: { record: TaskPartDesk }) {
  const isOpen = OPEN_PART_STATES.includes(record.part.state)
  if (!isOpen || !(record.mayDo || record.mayCheck)) return null
  return (
    <div className="tasks-acts">
      {record.mayDo ? <DoActs record={record} /> : null}
      {record.mayCheck ? <CheckActs record={record} /> : null}
    </div>
  )
}

type Open = 'note' | 'handIn' | 'extension' | 'passOn' | 'decide' | null

function DoActs({ record: { part, text } }: { record: TaskPartDesk }) {
  const { t } = useTranslation()
  const can = useCan()
  const { whyNot } = can('tasks.do')
  const [open, setOpen] = useState<Open>(null)
  const sign = useWrite(signTaskPart, useDone())
  const close = () => setOpen(null)
  if (part.state === 'unsigned')
    return (
      <>
        <Button
          kind="primary"
          whyNot={whyNot}
          isBusy={sign.isPending}
          onClick={() => sign.mutate({ params: { id: part.id }, body: {} })}
        >
          {t('tasks.sign')}
        </Button>
        <RefusalText error={sign.error} />
      </>
    )
  if (part.state === 'handed_in') return null
  return (
    <>
      <Button kind="primary" whyNot={whyNot} onClick={() => setOpen('handIn')}>
        {t('tasks.handIn')}
      </Button>
      <Button whyNot={whyNot} onClick={() => setOpen('note')}>
        {t('tasks.note')}
      </Button>
      <Button {...can('tasks.write')} onClick={() => setOpen('passOn')}>
        {t('tasks.passOn')}
      </Button>
      <Button
        whyNot={whyNot ?? (part.askedDueOn ? t('tasks.extensionAsked') : undefined)}
        onClick={() => setOpen('extension')}
      >
        {t('tasks.askExtension')}
      </Button>
      {open === 'note' || open === 'handIn' ? (
        <NoteDialog part={part} evidence={text.evidence} isHandIn={open === 'handIn'} onClose={close} />
      ) : null}
      {open === 'extension' ? <AskExtensionDialog part={part} onClose={close} /> : null}
      {open === 'passOn' ? <PassOnDialog part={part} onClose={close} /> : null}
    </>
  )
}

function CheckActs({ record: { part } }: { record: TaskPartDesk }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('tasks.write')
  const [open, setOpen] = useState<Open>(null)
  const done = useDone()
  const check = useWrite(checkTaskPart, done)
  const withdraw = useWrite(withdrawTaskPart, done)
  const params = { id: part.id }
  const judged = (isAccepted: boolean) => (
    <AskedAct
      verb={t(isAccepted ? 'tasks.accept' : 'tasks.sendBack')}
      lead={t(isAccepted ? 'tasks.acceptLead' : 'tasks.sendBackLead')}
      reasonLabel={t('tasks.comment')}
      whyNot={whyNot}
      save={check}
      input={(comment) => ({ params, body: { isAccepted, comment } })}
    />
  )
  return (
    <>
      {part.state === 'handed_in' ? (
        <>
          {judged(true)}
          {judged(false)}
        </>
      ) : null}
      <Button whyNot={whyNot} onClick={() => setOpen('decide')}>
        {t(part.askedDueOn ? 'tasks.answerExtension' : 'tasks.extend')}
      </Button>
      <AskedAct
        verb={t('tasks.withdraw')}
        lead={t('tasks.withdrawPartLead')}
        reasonLabel={t('tasks.reason')}
        isDanger
        whyNot={whyNot}
        save={withdraw}
        input={(reason) => ({ params, body: { reason } })}
      />
      {open === 'decide' ? <DecideExtensionDialog part={part} onClose={() => setOpen(null)} /> : null}
    </>
  )
}
