import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord } from '@tongxin/contract/elections'
import { type CongressDelegate, examineCredentials } from '@tongxin/contract/elections.congress'
import { Button, EmptyState, Lamp, RefusalText, say, TextArea } from '@tongxin/ui'
import { UserCheck } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FormDialog } from '../../shared/FormDialog.tsx'
import { ExportButton } from '../../shared/list/ExportButton.tsx'
import { ALL_ELECTIONS, saveDelegates } from './elections.api.ts'
import { useDone } from './use-done.ts'

const LAMPS = { elected: 'warn', confirmed: 'ok', refused: 'late' } as const

/** Delegates in the order of strokes; their credentials are confirmed many at once, or refused with a reason. */
export function DelegatesList(props: {
  election: ElectionRecord
  people: readonly CongressDelegate[]
  mayExamine: boolean
}) {
  const { election, people, mayExamine } = props
  const { t, i18n } = useTranslation()
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const [isRefusing, setRefusing] = useState(false)
  const confirm = useWrite(examineCredentials, {
    refreshes: ALL_ELECTIONS,
    onDone: () => {
      say(t('elections.credentials.confirmedDone'))
      setChosen(new Set())
    },
  })
  const open = people.filter(({ state }) => state === 'elected').map(({ memberId }) => memberId)
  const toggle = (id: string) =>
    setChosen((old) => {
      const next = new Set(old)
      if (!next.delete(id)) next.add(id)
      return next
    })
  const whyNot = chosen.size > 0 ? undefined : t('elections.credentials.chooseFirst')
  return (
    <section aria-label={t('elections.credentials.title')}>
      <div className="election-head">
        <h3>{t('elections.credentials.title')}</h3>
        {people.length > 0 ? (
          <ExportButton
            columns={[]}
            count={people.length}
            onExport={({ format, purpose }) => saveDelegates(election.id, { format, purpose }, i18n.language)}
          />
        ) : null}
      </div>
      {people.length === 0 ? (
        <EmptyState title={t('elections.credentials.none')} icon={<UserCheck aria-hidden="true" />}>
          {t('elections.credentials.noneHint')}
        </EmptyState>
      ) : (
        <>
          {mayExamine ? (
            <div className="election-acts">
              <Button
                whyNot={open.length > 0 ? undefined : t('elections.credentials.noneOpen')}
                onClick={() => setChosen(new Set(open))}
              >
                {t('elections.credentials.chooseOpen', { n: open.length })}
              </Button>
              <Button whyNot={whyNot} onClick={() => setRefusing(true)}>
                {t('elections.credentials.refuse')}
              </Button>
              <Button
                kind="primary"
                whyNot={whyNot}
                isBusy={confirm.isPending}
                onClick={() =>
                  confirm.mutate({ params: { id: election.id }, body: { memberIds: [...chosen], confirmed: true } })
                }
              >
                {t('elections.credentials.confirm', { n: chosen.size })}
              </Button>
            </div>
          ) : null}
          <RefusalText error={confirm.error} />
          <People people={people} chosen={mayExamine ? chosen : null} onToggle={toggle} />
        </>
      )}
      {isRefusing ? (
        <RefuseDialog
          election={election}
          memberIds={[...chosen]}
          onClose={() => {
            setRefusing(false)
            setChosen(new Set())
          }}
        />
      ) : null}
    </section>
  )
}

function People(props: {
  people: readonly CongressDelegate[]
  chosen: ReadonlySet<string> | null
  onToggle: (id: string) => void
}) {
  const { t } = useTranslation()
  const { people, chosen } = props
  return (
    <div className="election-scroll">
      <table className="election-table">
        <thead>
          <tr>
            {chosen ? <th>{t('elections.credentials.choose')}</th> : null}
            <th>{t('elections.person')}</th>
            <th>{t('elections.congress.unit')}</th>
            <th>{t('elections.credentials.state')}</th>
          </tr>
        </thead>
        <tbody>
          {people.map((one) => (
            <tr key={one.memberId}>
              {chosen ? (
                <td>
                  <input
                    type="checkbox"
                    aria-label={t('elections.credentials.chooseOne', { name: one.name })}
                    checked={chosen.has(one.memberId)}
                    onChange={() => props.onToggle(one.memberId)}
                  />
                </td>
              ) : null}
              <td>{one.name}</td>
              <td>{one.orgName}</td>
              <td>
                <Lamp state={LAMPS[one.state]}>{t(`elections.credentials.of.${one.state}`)}</Lamp>
                {one.reason ? <small className="hint"> {one.reason}</small> : null}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function RefuseDialog(props: { election: ElectionRecord; memberIds: string[]; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const save = useWrite(examineCredentials, useDone(props.onClose, 'elections.credentials.refusedDone'))
  return (
    <FormDialog
      title={t('elections.credentials.refuse')}
      verb={t('elections.credentials.refuse')}
      lead={t('elections.credentials.refuseLead', { n: props.memberIds.length })}
      labels={{ '/body/reason': t('elections.credentials.reason') }}
      whyNot={reason.trim().length > 1 ? undefined : t('elections.fillFirst')}
      isDanger
      isBusy={save.isPending}
      error={save.error}
      onClose={props.onClose}
      onSubmit={() =>
        save.mutate({
          params: { id: props.election.id },
          body: { memberIds: props.memberIds, confirmed: false, reason: reason.trim() },
        })
      }
    >
      <TextArea
        label={t('elections.credentials.reason')}
        required
        rows={3}
        maxLength={300}
        value={reason}
        onChange={setReason}
      />
    </FormDialog>
  )
}
