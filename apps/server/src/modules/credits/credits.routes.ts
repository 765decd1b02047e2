import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount, mountPrepared, mountPublic } from '../../platform/http.ts'
import { countGuess } from '../access/index.ts'
import type { CreditPorts } from './credits.ports.ts'
import * as certificates from './service/certificates.ts'
import * as exemptions from './service/exemptions.ts'
import * as files from './service/export.ts'
import * as honours from './service/honours.ts'
import * as own from './service/own.ts'
import * as reading from './service/read.ts'
import * as recount from './service/recount.ts'
import * as transcripts from './service/transcripts.ts'

export const creditsRoutes = (ports: CreditPorts) => async (app: FastifyInstance) => {
  mount(app, contract.readMyCredits, own.readOwn(ports))
  mount(app, contract.listMyCredits, own.entries)
  mount(app, contract.listMyHonours, own.honours)
  mount(app, contract.listMyCertificates, certificates.own)
  mount(app, contract.submitCertificate, certificates.submit)
  mount(app, contract.withdrawCertificate, certificates.withdraw)
  mount(app, contract.listMyExemptions, exemptions.own)
  mount(app, contract.applyForMyself, exemptions.applyOwn)
  mount(app, contract.withdrawExemption, exemptions.withdraw(ports))
  mount(app, contract.listMyTranscripts, transcripts.listOwn)
  const mine = transcripts.ownTranscript(ports)
  mountPrepared(app, contract.issueMyTranscript, mine.prepare, mine.write)
  const ofMember = transcripts.transcriptOfMember(ports)
  mountPrepared(app, contract.issueTranscript, ofMember.prepare, ofMember.write)
  mountPublic(app, contract.verifyTranscript, transcripts.verify(countGuess))
  mount(app, contract.listCreditAccounts, reading.list)
  mount(app, contract.readCreditAccount, reading.read(ports))
  mount(app, contract.exportCreditAccounts, files.accounts)
  mount(app, contract.reverseEntry, reading.reverse)
  mount(app, contract.readCreditOverview, reading.overview)
  mount(app, contract.previewRecount, recount.preview)
  mount(app, contract.applyRecount, recount.apply)
  mount(app, contract.listCertificates, certificates.list)
  mount(app, contract.checkCertificate, certificates.check(ports))
  mount(app, contract.acceptCertificate, certificates.accept(ports))
  mount(app, contract.returnCertificate, certificates.sendBack)
  mount(app, contract.listExemptions, exemptions.list)
  mount(app, contract.applyForMember, exemptions.applyFor)
  mount(app, contract.openExemption, exemptions.open)
  mount(app, contract.decideExemption, exemptions.decide(ports))
  mount(app, contract.listHonours, honours.list)
  mount(app, contract.listHonourCandidates, honours.candidates)
  mount(app, contract.proposeHonours, honours.propose)
  mount(app, contract.reviewHonour, honours.review)
  mount(app, contract.decideHonour, honours.decide)
}
