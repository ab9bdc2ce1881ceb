package journal

import (
	"context"

	"samenspel"
	"samenspel/accesslog"
)

// rightOf gives what an event changes in rights, for the access log: who may
// see something, who sits at the table, or who got a way in. The line is written
// with the fact, both or neither. The kinds that change none are in changesNone.
func rightOf(e samenspel.Event) (l accesslog.Line, ok bool) {
	rights := accesslog.Line{Kind: accesslog.Rights}
	switch e := e.(type) {
	case *samenspel.AllianceBegun:
		rights.What = "begun"
	case *samenspel.PartnerInvited:
		return accesslog.Line{Kind: accesslog.Invite, What: string(e.Role), Whom: e.Partner}, true
	case *samenspel.PartnerJoined:
		rights.What, rights.Whom, rights.Object = "joined", e.Partner, string(e.Person)
	case *samenspel.PartnerLeft:
		rights.What, rights.Whom = "left", e.Partner
	case *samenspel.EntryRenewed:
		return accesslog.Line{Kind: accesslog.Link, What: "renewed", Whom: e.Partner}, true
	case *samenspel.EmergencyOpened:
		return accesslog.Line{Kind: accesslog.Emergency, What: "opened", Object: string(e.Emergency), Purpose: inNeed}, true
	case *samenspel.EmergencyClosed:
		return accesslog.Line{Kind: accesslog.Emergency, What: "closed", Object: string(e.Emergency), Purpose: inNeed}, true
	case *samenspel.AllianceEnded:
		rights.What = "ended"
	case *samenspel.AllianceReopened:
		rights.What = "reopened"
	default:
		return shareOf(e)
	}
	return rights, true
}

// shareOf gives what an event changes in who may see something.
func shareOf(e samenspel.Event) (l accesslog.Line, ok bool) {
	l.Kind = accesslog.Rights
	switch e := e.(type) {
	case *samenspel.FirstSeenSet:
		l.What, l.About = "first", e.Partner
	case *samenspel.StatementWorded:
		l.What, l.About, l.Object = "worded", e.About, string(e.Statement)
		return l, len(e.SeenBy) > 0
	case *samenspel.StatementRefused:
		l.What, l.Object = "refused", string(e.Statement)
	case *samenspel.AnswerUndone:
		l.What, l.Object = "answer", string(e.Statement)
	case *samenspel.StatementShared:
		l.What, l.Object, l.Whom = "shared", string(e.Statement), e.With
	case *samenspel.StatementUnshared:
		l.What, l.Object, l.Whom = "unshared", string(e.Statement), e.With
	case *samenspel.AroundShared:
		l.What, l.About, l.Whom = "around", e.Owner, e.With
	case *samenspel.AroundUnshared:
		l.What, l.About, l.Whom = "around.ended", e.Owner, e.With
	case *samenspel.DialoguePlanned:
		l.What, l.Object = "dialogue", string(e.Dialogue)
	case *samenspel.TopicShown:
		l.What, l.Object = "topic", string(e.Topic)
	case *samenspel.PresenceWished:
		l.What, l.Object, l.Whom = "presence", string(e.Dialogue), e.Who
	case *samenspel.AgreementProposed:
		l.What, l.Object = "agreement", string(e.Agreement)
	case *samenspel.TranscriptAnswered:
		l.What, l.Object, l.Whom = "transcript", string(e.Transcript), e.By
	default:
		return takenOf(e)
	}
	return l, true
}

// takenOf gives what an event takes from everybody: words that are gone, or laid
// on ice.
func takenOf(e samenspel.Event) (l accesslog.Line, ok bool) {
	l.Kind = accesslog.Rights
	switch e := e.(type) {
	case *samenspel.StatementErased:
		l.What, l.About, l.Object, l.Action = "erased", e.About, string(e.Statement), accesslog.Delete
	case *samenspel.PersonErased:
		l.What, l.About, l.Action = "person.erased", e.Partner, accesslog.Delete
	case *samenspel.StatementFrozen:
		l.What, l.Object = "frozen", string(e.Statement)
	case *samenspel.StatementUnfrozen:
		l.What, l.Object = "unfrozen", string(e.Statement)
	default:
		return keptOf(e)
	}
	return l, true
}

// keptOf gives what an event changes in how long, and on which ground, others
// have something.
func keptOf(e samenspel.Event) (l accesslog.Line, ok bool) {
	l.Kind = accesslog.Rights
	switch e := e.(type) {
	case *samenspel.ReleaseGiven:
		l.What, l.Object = "release", string(e.Release)
	case *samenspel.ReleaseWithdrawn:
		l.What, l.Object = "release.ended", string(e.Release)
	case *samenspel.GroundTold:
		l.What, l.Whom = "ground", e.Partner
	case *samenspel.RetentionSet:
		l.What, l.Object = "retention", e.Regime
	case *samenspel.HoldPut:
		l.What = "hold"
	case *samenspel.HoldLifted:
		l.What = "hold.ended"
	case *samenspel.DestructionProposed:
		l.What = "destruction"
	case *samenspel.DestructionWithdrawn:
		l.What = "destruction.ended"
	case *samenspel.DestructionConfirmed:
		l.What, l.Action = "destruction.confirmed", accesslog.Delete
	default:
		return accesslog.Line{}, false
	}
	return l, true
}

// accessOf gives the line of the access log that comes with a fact.
func accessOf(ctx context.Context, id samenspel.AllianceID, f samenspel.Fact) (accesslog.Line, bool) {
	l, ok := rightOf(f.Event)
	if !ok {
		return accesslog.Line{}, false
	}
	l.Chain, l.Alliance, l.At, l.Partner, l.Person = id, id, f.At, f.By, f.Person
	if l.Person == "" { // nobody wished it: it was overdue
		l.Purpose = accesslog.ForTheProgram
		return l, true
	}
	l = accesslog.FromCommand(ctx, f.Command).In(l)
	if l.Role == "" && l.Purpose == "" { // left by it, or written without a workspace
		l.Purpose = atTable
	}
	return l, true
}

// atTable is the purpose of who has just left the table. Their role there stands
// in the line of their joining.
const atTable = "table"

// inNeed is the purpose of an emergency.
const inNeed = "emergency"
