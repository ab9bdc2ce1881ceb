package journal

import (
	"time"

	"samenspel"
)

// samples has one event of each kind, with a value in every field. The people
// are invented. A new kind gets its sample here; an old one never changes.
var samples = []samenspel.Event{
	&samenspel.AllianceBegun{Title: samenspel.Say("Around Amira")},
	&samenspel.PartnerInvited{
		Partner: "leila", Role: samenspel.BonusPartner, By: "amira",
		Name: samenspel.Say("Leila"), As: samenspel.Say("sister"),
	},
	&samenspel.PartnerJoined{
		Partner: "noor", Person: "person-noor", Role: samenspel.Professional,
		Name: samenspel.Say("Noor"), As: samenspel.Say("neighbourhood team"),
	},
	&samenspel.PartnerLeft{Partner: "leila"},
	&samenspel.EntryRenewed{Partner: "leila"},
	&samenspel.PaceSet{Partner: "amira", Pace: samenspel.Calm},
	&samenspel.FirstSeenSet{Partner: "amira", By: []samenspel.PartnerID{"noor", "leila"}},
	&samenspel.ThemeNamed{Theme: "theme", About: "amira", Name: samenspel.Say("Home & <garden>")},
	&samenspel.ThemesOrdered{About: "amira", Order: []samenspel.ThemeID{"theme", "other-theme"}},
	&samenspel.ThemeWithdrawn{Theme: "theme"},
	&samenspel.ThemeRestored{Theme: "theme"},
	&samenspel.LayerSetAside{About: "amira", Theme: "theme", Layer: samenspel.Meaning},
	&samenspel.LayerTakenUp{About: "amira", Theme: "theme", Layer: samenspel.Commitment},
	&samenspel.StatementWorded{
		Statement: "statement", About: "amira", SaidBy: "leila", How: samenspel.Retelling,
		Layer: samenspel.Need, Theme: "theme", Said: time.Date(2026, 11, 24, 9, 30, 0, 123456789, time.UTC),
		SeenBy: []samenspel.PartnerID{"leila", "noor"}, Words: samenspel.Say("“I long for a quiet evening.”\nShe said it twice."),
	},
	&samenspel.StatementConfirmed{Statement: "statement"},
	&samenspel.StatementReworded{Statement: "statement", About: "amira", Words: samenspel.Say("An evening for myself.")},
	&samenspel.StatementRefused{Statement: "statement"},
	&samenspel.AnswerUndone{Statement: "statement", Answer: 2, Back: true},
	&samenspel.StatementPlaced{Statement: "statement", Layer: samenspel.Behaviour, Theme: "theme"},
	&samenspel.StatementWithdrawn{Statement: "statement"},
	&samenspel.StatementRestored{Statement: "statement"},
	&samenspel.StatementShared{Statement: "statement", With: "noor"},
	&samenspel.StatementUnshared{Statement: "statement", With: "noor"},
	&samenspel.ViewPut{View: "view", Statement: "statement", About: "amira", Words: samenspel.Say("I see it otherwise.")},
	&samenspel.ViewWithdrawn{View: "view"},
	&samenspel.ViewRestored{View: "view"},
	&samenspel.EmotionNamed{Emotion: "emotion", Statement: "statement", About: "amira", Word: samenspel.Say("tired")},
	&samenspel.EmotionNoticed{Emotion: "emotion", Statement: "statement", About: "amira", Word: samenspel.Say("angry?")},
	&samenspel.EmotionRecognised{Emotion: "emotion"},
	&samenspel.EmotionDeclined{Emotion: "emotion"},
	&samenspel.EmotionMet{Emotion: "emotion"},
	&samenspel.EmotionKeptOpen{Emotion: "emotion"},
	&samenspel.EmotionReset{Emotion: "emotion", To: samenspel.Open, Kept: 1},
	&samenspel.NoteWritten{Note: "note", By: "noor", Words: samenspel.Say("Ask about the school.")},
	&samenspel.NoteWithdrawn{Note: "note"},
	&samenspel.NoteRestored{Note: "note"},
}
