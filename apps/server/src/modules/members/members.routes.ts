import * as contract from '@tongxin/contract'
import type { FastifyInstance } from 'fastify'
import { mount } from '../../platform/http.ts'
import type { MemberPorts } from './members.ports.ts'
import * as assignments from './service/assignments.ts'
import * as decide from './service/decide.ts'
import * as dossier from './service/dossier.ts'
import * as loans from './service/dossier-loans.ts'
import * as errors from './service/errors.ts'
import * as files from './service/export-members.ts'
import * as qualityFiles from './service/export-quality.ts'
import * as structureFiles from './service/export-structure.ts'
import * as findings from './service/findings.ts'
import * as lacking from './service/lacking.ts'
import * as register from './service/loan-register.ts'
import { merge } from './service/merge.ts'
import { planMerge } from './service/merge-plan.ts'
import * as undo from './service/merge-undo.ts'
import * as pairs from './service/pairs.ts'
import * as photos from './service/photos.ts'
import * as portraits from './service/portrait.ts'
import * as changes from './service/read-changes.ts'
import * as readErrors from './service/read-errors.ts'
import * as read from './service/read-members.ts'
import * as bin from './service/recycle-bin.ts'
import { reveal } from './service/reveal.ts'
import * as review from './service/review.ts'
import * as samples from './service/samples.ts'
import * as scores from './service/scores.ts'
import * as structure from './service/structure.ts'

export const membersRoutes = (ports: MemberPorts) => async (app: FastifyInstance) => {
  mount(app, contract.listMembers, read.listMembers)
  mount(app, contract.readMemberCard, read.readCard)
  mount(app, contract.readMember, read.readRecord)
  mount(app, contract.readMemberTimeline, read.readTimeline)
  mount(app, contract.readMyRecord, read.readMine)
  mount(app, contract.listMyLooks, read.listLooks)
  mount(app, contract.revealMemberField, reveal)
  mount(app, contract.deleteMember, bin.remove)
  mount(app, contract.restoreMember, bin.restore)
  mount(app, contract.listDeletedMembers, bin.listBin)
  mount(app, contract.exportMembers, files.exportMembers)
  mount(app, contract.printRoster, files.print(app.platform, ports))
  mount(app, contract.readMemberPortrait, portraits.read(ports))
  mount(app, contract.readMyPortrait, portraits.readMine(ports))
  mount(app, contract.proposeChange, review.propose)
  mount(app, contract.proposeMyCorrection, review.proposeMine)
  mount(app, contract.editChange, review.edit)
  mount(app, contract.withdrawChange, review.withdraw)
  mount(app, contract.listAssignments, assignments.listAssignments)
  mount(app, contract.listAssignable, assignments.listAssignable)
  mount(app, contract.assignReviewers, assignments.assign)
  mount(app, contract.endAssignment, assignments.end)
  mount(app, contract.listChanges, changes.listChanges)
  mount(app, contract.readChange, changes.readChange)
  mount(app, contract.reviewChangeFirst, decide.reviewFirst)
  mount(app, contract.reviewChangeSecond, decide.reviewSecond)
  mount(app, contract.readDossier, dossier.readDossier)
  mount(app, contract.setDossierPlace, dossier.setPlace)
  mount(app, contract.addDossierPaper, dossier.addPaper)
  mount(app, contract.removeDossierPaper, dossier.removePaper)
  mount(app, contract.askForDossier, loans.ask)
  mount(app, contract.decideDossierLoan, loans.decide)
  mount(app, contract.returnDossier, loans.giveBack)
  mount(app, contract.extendDossierLoan, loans.extend)
  mount(app, contract.withdrawDossierLoan, loans.withdraw)
  mount(app, contract.listDossierLoans, register.listLoans)
  mount(app, contract.exportDossierLoans, register.exportLoans)
  mount(app, contract.readStructure, structure.readStructure)
  mount(app, contract.exportStructure, structureFiles.exportStructure)
  mount(app, contract.listLacking, lacking.listLacking)
  mount(app, contract.exportLacking, lacking.exportLacking)
  mount(app, contract.listPairs, pairs.listPairs)
  mount(app, contract.dismissPair, pairs.dismissPair)
  mount(app, contract.planMemberMerge, planMerge)
  mount(app, contract.mergeMembers, merge)
  mount(app, contract.listMerges, undo.listMerges)
  mount(app, contract.undoMerge, undo.undoMerge)
  photoRoutes(app)
  qualityRoutes(app)
}

function photoRoutes(app: FastifyInstance): void {
  const { platform } = app
  mount(app, contract.listMemberPhotos, photos.listPhotos)
  mount(app, contract.showMemberPhoto, photos.show(platform))
  mount(app, contract.showOwnPortrait, photos.showOwn(platform))
  mount(app, contract.showProposedPhoto, photos.showProposed(platform))
  mount(app, contract.proposeMyPhoto, review.proposeMyPhoto)
}

function qualityRoutes(app: FastifyInstance): void {
  mount(app, contract.listFindings, findings.listFindings)
  mount(app, contract.exportFindings, qualityFiles.exportFindings)
  mount(app, contract.exportScores, qualityFiles.exportScores)
  mount(app, contract.explainFinding, findings.explainFinding)
  mount(app, contract.listScores, scores.listScores)
  mount(app, contract.listScoreRecords, scores.listScoreRecords)
  mount(app, contract.listSamples, samples.listSamples)
  mount(app, contract.drawSample, samples.drawSample)
  mount(app, contract.readSample, samples.readSample)
  mount(app, contract.checkDrawnRow, samples.checkRow)
  mount(app, contract.listMemberErrors, readErrors.listErrors)
  mount(app, contract.listMyErrors, readErrors.listMine)
  mount(app, contract.readMemberError, readErrors.readError)
  mount(app, contract.reportMemberError, errors.reportError)
  mount(app, contract.handleMemberError, errors.handleError)
  mount(app, contract.answerMemberError, errors.answerError)
  mount(app, contract.decideErrorAppeal, errors.decideAppeal)
  mount(app, contract.closeMemberError, errors.closeError)
}
