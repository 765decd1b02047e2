import { useQuery } from '@tanstack/react-query'
import { useWrite } from '@tongxin/client/use-write'
import { nominate, type readMyElection, withdrawNomination } from '@tongxin/contract/elections.own'
import type { Reply } from '@tongxin/contract/endpoint'
import { Button, RefusalText, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_ELECTIONS, electable } from './elections.api.ts'

/** Whom I propose for the committee: found by name, taken back while nomination is open. */
export function Nominate({ election }: { election: Reply<typeof readMyElection> }) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const asked = text.trim()
  const found = useQuery({ ...electable(election.id, asked), enabled: asked !== '' && election.mayNominate })
  const propose = useWrite(nominate, {
    refreshes: ALL_ELECTIONS,
    onDone: () => {
      setText('')
      say(t('elections.proposed'))
    },
  })
  const chosen = new Set(election.nominations.map(({ memberId }) => memberId))
  const people = (found.data?.rows ?? []).filter(({ memberId }) => !chosen.has(memberId))
  return (
    <section className="card election-card">
      <h2>{t('elections.mine', { n: election.nominations.length, most: election.most })}</h2>
      <Mine election={election} />
      {election.mayNominate ? (
        <>
          <TextInput
            label={t('elections.findLabel')}
            help={t('elections.findHelp')}
            maxLength={30}
            value={text}
            onChange={setText}
          />
          {asked !== '' && found.isSuccess && people.length === 0 ? (
            <p className="hint">{t('elections.nobody')}</p>
          ) : null}
          <RefusalText error={propose.error ?? found.error} />
          <ul className="election-found">
            {people.map(({ memberId, name }) => (
              <li key={memberId}>
                <span>{name}</span>
                <Button
                  isBusy={propose.isPending}
                  aria-label={t('elections.proposeOne', { name })}
                  onClick={() => propose.mutate({ params: { id: election.id }, body: { memberId, reason: '' } })}
                >
                  {t('elections.propose')}
                </Button>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}

function Mine({ election }: { election: Reply<typeof readMyElection> }) {
  const { t } = useTranslation()
  const back = useWrite(withdrawNomination, { refreshes: ALL_ELECTIONS, onDone: () => say(t('elections.takenBack')) })
  if (election.nominations.length === 0) return <p className="hint">{t('elections.noProposal')}</p>
  return (
    <>
      <ul className="election-found">
        {election.nominations.map(({ memberId, name }) => (
          <li key={memberId}>
            <strong>{name}</strong>
            {election.mayNominate ? (
              <Button
                kind="quiet"
                isBusy={back.isPending}
                aria-label={t('elections.takeBackOne', { name })}
                onClick={() => back.mutate({ params: { id: election.id, memberId }, body: {} })}
              >
                {t('elections.takeBack')}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      <RefusalText error={back.error} />
    </>
  )
}
