import { useWrite } from '@tongxin/client/use-write'
import { confirmHandover, type ElectionHandover } from '@tongxin/contract/elections.handover'
import { Button, Lamp, RefusalText, say } from '@tongxin/ui'
import { useTranslation } from 'react-i18next'
import { ALL_ELECTIONS } from './elections.api.ts'

/** Seal and papers that I hand over or receive: the list, and my confirmation. */
export function HandoverCard({ electionId, handover }: { electionId: string; handover: ElectionHandover }) {
  const { t } = useTranslation()
  const confirm = useWrite(confirmHandover, {
    refreshes: ALL_ELECTIONS,
    onDone: ({ state }) => say(t(state === 'done' ? 'elections.handover.closed' : 'elections.handover.confirmed')),
  })
  const { giver, receiver, mayConfirmAs } = handover
  return (
    <section className="card election-card" aria-labelledby={`handover-${handover.id}`}>
      <h2 id={`handover-${handover.id}`}>{t('elections.handover.title')}</h2>
      <p>
        {t('elections.handover.facts', {
          on: handover.handedOn,
          place: handover.place,
          giver: giver.name,
          receiver: receiver.name,
        })}
      </p>
      <ol className="handover-items">
        {handover.items.map(({ kind, name, count, note }, at) => (
          // Items have no id and never move.
          <li key={`${at}-${name}`}>
            {t('elections.handover.item', { name, count, kind: t(`elections.handover.kind.${kind}`) })}
            {note ? <span className="hint"> {note}</span> : null}
          </li>
        ))}
      </ol>
      {[giver, receiver].map(({ name, confirmedAt }) => (
        <p key={name}>
          <Lamp state={confirmedAt ? 'ok' : 'warn'}>
            {t(confirmedAt ? 'elections.handover.hasConfirmed' : 'elections.handover.waitsFor', { name })}
          </Lamp>
        </p>
      ))}
      {mayConfirmAs ? (
        <>
          <p className="hint">{t(`elections.handover.hint.${mayConfirmAs}`)}</p>
          <Button
            kind="primary"
            wide
            isBusy={confirm.isPending}
            onClick={() => confirm.mutate({ params: { id: electionId, handoverId: handover.id }, body: {} })}
          >
            {t(`elections.handover.confirm.${mayConfirmAs}`)}
          </Button>
        </>
      ) : null}
      <RefusalText error={confirm.error} />
    </section>
  )
}
