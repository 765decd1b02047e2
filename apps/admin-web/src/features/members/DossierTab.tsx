import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useCan } from '@tongxin/client/can'
import { useLive } from '@tongxin/client/stream'
import type { MemberRecord } from '@tongxin/contract/members'
import type { Dossier, DossierPaper } from '@tongxin/contract/members.dossier'
import { Button, ErrorState, Lamp, Skeleton } from '@tongxin/ui'
import { Plus, Printer } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../../paths.ts'
import { Facts } from '../../shared/pages/RecordPage.tsx'
import { PaperDialog, PlaceDialog, RemoveDialog } from './DossierDialogs.tsx'
import { Loans } from './DossierLoans.tsx'
import { DOSSIER_EVENTS, dossierKey, dossierQuery } from './dossier.api.ts'
import { useMemberWords } from './use-member-words.ts'

type Asked = 'place' | 'paper' | DossierPaper | null

/** The paper folder: where it lies, what it holds and lacks, who has it. */
export function DossierTab({ record }: { record: MemberRecord }) {
  const { id } = record.card
  const dossier = useQuery(dossierQuery(id))
  useLive(DOSSIER_EVENTS, [dossierKey(id)])
  if (dossier.isPending) return <Skeleton lines={8} />
  if (dossier.error) return <ErrorState error={dossier.error} onRetry={() => void dossier.refetch()} />
  return <Folder id={id} dossier={dossier.data} />
}

function Folder({ id, dossier }: { id: string; dossier: Dossier }) {
  const { t } = useTranslation()
  const { whyNot } = useCan()('members.write')
  const [asked, setAsked] = useState<Asked>(null)
  const close = () => setAsked(null)
  return (
    <div className="dossier">
      <section aria-label={t('members.dossier.place')}>
        <header className="merge-head">
          <h3>{t('members.dossier.place')}</h3>
          <span className="entry-acts">
            <Link className="tx-button" to={paths.members.dossier(id)}>
              <Printer size="1.1em" aria-hidden="true" />
              {t('members.dossier.print')}
            </Link>
            <Button kind="quiet" whyNot={whyNot} onClick={() => setAsked('place')}>
              {t(dossier.folder ? 'members.dossier.changePlace' : 'members.dossier.setPlace')}
            </Button>
          </span>
        </header>
        {dossier.folder ? (
          <FolderPlace folder={dossier.folder} />
        ) : (
          <p className="hint">{t('members.dossier.noPlace')}</p>
        )}
      </section>
      <Missing missing={dossier.missing} />
      <section aria-label={t('members.dossier.papers')}>
        <header className="merge-head">
          <h3>{t('members.dossier.papers')}</h3>
          <Button
            kind="quiet"
            icon={<Plus size="1.1em" aria-hidden="true" />}
            whyNot={whyNot}
            onClick={() => setAsked('paper')}
          >
            {t('members.dossier.addPaper')}
          </Button>
        </header>
        <Papers papers={dossier.papers} whyNot={whyNot} onRemove={setAsked} />
      </section>
      <Loans memberId={id} loans={dossier.loans} />
      {asked === 'place' ? <PlaceDialog id={id} folder={dossier.folder} onClose={close} /> : null}
      {asked === 'paper' ? <PaperDialog id={id} missing={dossier.missing} onClose={close} /> : null}
      {asked !== null && typeof asked === 'object' ? <RemoveDialog id={id} paper={asked} onClose={close} /> : null}
    </div>
  )
}

/** Where the folder lies, as facts. */
export function FolderPlace({ folder }: { folder: NonNullable<Dossier['folder']> }) {
  const { t } = useTranslation()
  const parts = (['place', 'cabinet', 'box', 'volume'] as const).flatMap((part) =>
    folder[part] === null ? [] : [{ label: t(`members.dossier.folder.${part}`), value: folder[part] }],
  )
  return <Facts facts={parts} />
}

function Missing({ missing }: { missing: Dossier['missing'] }) {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  if (missing.length === 0) return <Lamp state="ok">{t('members.dossier.complete')}</Lamp>
  return (
    <section aria-label={t('members.dossier.missing')}>
      <h3>{t('members.dossier.missing')}</h3>
      <span className="doubts">
        {missing.map((paper) => (
          <Lamp key={paper} state="late">
            {word('dossierDocument', paper)}
          </Lamp>
        ))}
      </span>
      <p className="hint">{t('members.dossier.missingHint')}</p>
    </section>
  )
}

function Papers(props: {
  papers: readonly DossierPaper[]
  whyNot: string | undefined
  onRemove: (paper: DossierPaper) => void
}) {
  const { t } = useTranslation()
  const describe = usePaperText()
  if (props.papers.length === 0) return <p className="hint">{t('members.dossier.noPapers')}</p>
  return (
    <ul className="entry-list">
      {props.papers.map((paper) => (
        <li key={paper.id} data-ended={paper.removedReason !== null || undefined}>
          <span>
            {describe.name(paper)} <span className="hint">{describe.facts(paper)}</span>
          </span>
          {paper.removedReason === null ? (
            <Button kind="quiet" whyNot={props.whyNot} onClick={() => props.onRemove(paper)}>
              {t('members.dossier.remove')}
            </Button>
          ) : (
            <Lamp state="idle">{t('members.dossier.removedBecause', { reason: paper.removedReason })}</Lamp>
          )}
        </li>
      ))}
    </ul>
  )
}

/** A paper in words: what it is, and its date, pages and form. */
export function usePaperText() {
  const { t } = useTranslation()
  const { word } = useMemberWords()
  const name = (paper: DossierPaper): string =>
    [word('dossierDocument', paper.document), paper.title].filter(Boolean).join(t('ui.colon'))
  const facts = (paper: DossierPaper): string =>
    [
      paper.on,
      paper.pages === null ? null : t('members.dossier.pagesOf', { pages: paper.pages }),
      paper.form === null ? null : t(`members.dossier.form.${paper.form}`),
    ]
      .filter(Boolean)
      .join(' · ')
  return { name, facts }
}
