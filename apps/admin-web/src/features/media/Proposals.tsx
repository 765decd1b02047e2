import { useWrite } from '@tongxin/client/use-write'
import type { MediaRecord } from '@tongxin/contract/media'
import {
  acceptMediaProposal,
  type MediaProposal,
  refuseMediaProposal,
  withdrawMediaProposal,
} from '@tongxin/contract/media-proposals'
import { Button, ConfirmDialog, dateOf, RefusalText, say } from '@tongxin/ui'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ALL_MEDIA } from './media.api.ts'

/** Changes that wait for a second pair of eyes: as it is and as it would be, side by side, with what may be done. */
export function Proposals({ one }: { one: MediaRecord }) {
  const { t } = useTranslation()
  if (one.proposals.length === 0) return null
  return (
    <section className="media-proposals" aria-label={t('media.proposals.title')}>
      {one.proposals.map((proposal) => (
        <Proposal key={proposal.id} mediaId={one.id} proposal={proposal} />
      ))}
    </section>
  )
}

function Proposal({ mediaId, proposal }: { mediaId: string; proposal: MediaProposal }) {
  const { t } = useTranslation()
  const { what, language, by, at, reason, fileId } = proposal
  const name = t(`media.proposals.what.${what}`)
  return (
    <article className="media-proposal">
      <h2>
        {name}
        {language ? ` · ${t(`media.language.${language}`)}` : null}
      </h2>
      <p className="hint">{t('media.proposals.by', { by, on: dateOf(at) })}</p>
      {reason ? <p>{t('media.proposals.reason', { reason })}</p> : null}
      <table className="tx-diff">
        <caption className="tx-hidden">{name}</caption>
        <thead>
          <tr>
            <th scope="col">{t('media.proposals.field')}</th>
            <th scope="col">{t('media.proposals.before')}</th>
            <th scope="col">{t('media.proposals.after')}</th>
          </tr>
        </thead>
        <tbody>
          {proposal.differences.map(({ field, before, after }) => (
            <tr key={field}>
              <th scope="row">{t(`media.proposals.fields.${field}`)}</th>
              <td className="media-said">{before ?? t('media.proposals.nothing')}</td>
              <td className="media-said">{after ?? t('media.proposals.nothing')}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {fileId ? (
        <a href={`/api/v1/files/${fileId}/content`} target="_blank" rel="noreferrer">
          {t('media.proposals.openFile')}
        </a>
      ) : null}
      <ProposalActs mediaId={mediaId} proposal={proposal} />
    </article>
  )
}

function ProposalActs({ mediaId, proposal }: { mediaId: string; proposal: MediaProposal }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState<'accept' | 'refuse' | 'withdraw' | null>(null)
  const done = (key: string) => ({
    refreshes: [...ALL_MEDIA, ['playback', mediaId]],
    onDone: () => {
      setOpen(null)
      say(t(`media.proposals.${key}`))
    },
  })
  const accept = useWrite(acceptMediaProposal, done('accepted'))
  const refuse = useWrite(refuseMediaProposal, done('refused'))
  const withdraw = useWrite(withdrawMediaProposal, done('withdrawn'))
  const params = { id: mediaId, proposalId: proposal.id }
  if (proposal.can.withdraw)
    return (
      <div className="tx-acts">
        <span className="hint">{t('media.proposals.waits')}</span>
        <RefusalText error={withdraw.error} />
        <Button isBusy={withdraw.isPending} onClick={() => withdraw.mutate({ params, body: {} })}>
          {t('media.proposals.withdraw')}
        </Button>
      </div>
    )
  if (!proposal.can.decide) return <p className="hint">{t('media.proposals.waits')}</p>
  return (
    <div className="tx-acts">
      <Button onClick={() => setOpen('refuse')}>{t('media.proposals.refuse')}</Button>
      <Button kind="primary" onClick={() => setOpen('accept')}>
        {t('media.proposals.accept')}
      </Button>
      <ConfirmDialog
        isOpen={open === 'accept'}
        onClose={() => setOpen(null)}
        title={t('media.proposals.acceptTitle')}
        verb={t('media.proposals.accept')}
        isBusy={accept.isPending}
        error={accept.error}
        onConfirm={() => accept.mutate({ params, body: {} })}
      >
        <p>{t('media.proposals.acceptHint')}</p>
      </ConfirmDialog>
      <ConfirmDialog
        isOpen={open === 'refuse'}
        onClose={() => setOpen(null)}
        title={t('media.proposals.refuseTitle')}
        verb={t('media.proposals.refuse')}
        isDanger
        reasonLabel={t('media.reason')}
        isBusy={refuse.isPending}
        error={refuse.error}
        onConfirm={(reason) => refuse.mutate({ params, body: { reason } })}
      >
        <p>{t('media.proposals.refuseHint')}</p>
      </ConfirmDialog>
    </div>
  )
}
