import { useWrite } from '@tongxin/client/use-write'
import type { ElectionRecord, ElectionRound } from '@tongxin/contract/elections'
import { countRound } from '@tongxin/contract/elections.acts'
import type { BoxCount } from '@tongxin/contract/elections.words'
import { Button, Lamp, RefusalText, say, TextInput } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFieldErrors } from '../../shared/pages/FormPage.tsx'
import { checksOf, countOf, emptyCount, type TypedCount } from './count-draft.ts'
import { ALL_ELECTIONS } from './elections.api.ts'
import { PeoplePick } from './PeoplePick.tsx'

const BOX = ['issued', 'returned', 'invalid'] as const
const MARKS = ['for', 'against', 'abstain'] as const

/** What was counted, with running sums: each row adds up to the valid ballots before anything is sent. */
export function CountForm({ election, round }: { election: ElectionRecord; round: ElectionRound }) {
  const { t } = useTranslation()
  const [draft, setDraft] = useState<TypedCount>(() => emptyCount(round))
  const save = useWrite(countRound, {
    refreshes: ALL_ELECTIONS,
    onDone: ({ entries }) => say(t(entries === 2 ? 'elections.countHolds' : 'elections.countOnce')),
  })
  const errorAt = useFieldErrors(save.error)
  const checks = checksOf(round, draft)
  const wrong = checks.rows.findIndex((row) => row.sum !== checks.valid)
  const whyNot = !checks.isWhole
    ? t('elections.countNotWhole')
    : !checks.isVoid && wrong >= 0
      ? t('elections.countRowWrong', { name: round.candidates[wrong]?.name ?? '' })
      : undefined
  const send = () => save.mutate({ params: { id: election.id, roundId: round.id }, body: countOf(draft) as BoxCount })
  return (
    <>
      <p className="hint">
        {t(
          round.enteredOnce
            ? round.enteredByMe
              ? 'elections.waitsForSecond'
              : 'elections.beSecond'
            : 'elections.beFirst',
        )}
      </p>
      <div className="election-box">
        {BOX.map((key) => (
          <TextInput
            key={key}
            label={t(`elections.box.${key}`)}
            required
            inputMode="numeric"
            maxLength={6}
            value={draft[key]}
            onChange={(value) => setDraft({ ...draft, [key]: value })}
            error={errorAt(`/body/${key}`)}
          />
        ))}
        <p>
          {t('elections.box.valid')} <strong>{checks.valid ?? '—'}</strong>
        </p>
      </div>
      <Tallies round={round} draft={draft} onChange={setDraft} errorAt={errorAt} />
      {round.writeIn ? <WriteIns election={election} round={round} draft={draft} onChange={setDraft} /> : null}
      <RefusalText error={save.error} />
      <div className="election-acts">
        <Button kind="primary" isBusy={save.isPending} whyNot={whyNot} onClick={send}>
          {t(round.enteredOnce && !round.enteredByMe ? 'elections.enterSecond' : 'elections.enterFirst')}
        </Button>
      </div>
    </>
  )
}

type Part = { round: ElectionRound; draft: TypedCount; onChange: (draft: TypedCount) => void }

function Tallies({ round, draft, onChange, errorAt }: Part & { errorAt: (pointer: string) => string | undefined }) {
  const { t } = useTranslation()
  const checks = checksOf(round, draft)
  const set = (at: number, mark: (typeof MARKS)[number], value: string) =>
    onChange({ ...draft, tallies: draft.tallies.map((row, index) => (index === at ? { ...row, [mark]: value } : row)) })
  return (
    <table className="election-table">
      <thead>
        <tr>
          {['person', ...MARKS, 'sum'].map((key) => (
            <th key={key}>{t(`elections.${key}`)}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {round.candidates.map(({ memberId, name }, at) => {
          const row = checks.rows[at]
          return (
            <tr key={memberId}>
              <td>{name}</td>
              {MARKS.map((mark) => (
                <td key={mark}>
                  <input
                    type="text"
                    className="tx-input election-number"
                    inputMode="numeric"
                    maxLength={6}
                    aria-label={`${name} ${t(`elections.${mark}`)}`}
                    aria-invalid={errorAt(`/body/tallies/${at}/${mark}`) !== undefined || undefined}
                    value={draft.tallies[at]?.[mark] ?? ''}
                    onChange={(event) => set(at, mark, event.target.value)}
                  />
                </td>
              ))}
              <td>
                {row?.sum === null || row === undefined || checks.valid === null ? (
                  '—'
                ) : (
                  <Lamp state={row.sum === checks.valid ? 'ok' : 'late'}>
                    {t(row.sum === checks.valid ? 'elections.sumRight' : 'elections.sumWrong', {
                      sum: row.sum,
                      valid: checks.valid,
                    })}
                  </Lamp>
                )}
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

/** Who was written in, chosen from the members, with the votes of each. */
function WriteIns({ election, draft, onChange }: Part & { election: ElectionRecord }) {
  const { t } = useTranslation()
  const ids = draft.writtenIn.map(({ memberId }) => memberId)
  const votesOf = (id: string) => draft.writtenIn.find(({ memberId }) => memberId === id)?.votes ?? ''
  return (
    <>
      <PeoplePick
        label={t('elections.writtenIn')}
        help={t('elections.writtenInHelp')}
        orgId={election.orgId}
        value={ids}
        onChange={(chosen) =>
          onChange({ ...draft, writtenIn: chosen.map((memberId) => ({ memberId, votes: votesOf(memberId) })) })
        }
      />
      {ids.map((id, at) => (
        <TextInput
          key={id}
          label={t('elections.writtenInVotes', { n: at + 1 })}
          required
          inputMode="numeric"
          maxLength={6}
          value={votesOf(id)}
          onChange={(votes) =>
            onChange({
              ...draft,
              writtenIn: draft.writtenIn.map((row) => (row.memberId === id ? { ...row, votes } : row)),
            })
          }
        />
      ))}
    </>
  )
}
