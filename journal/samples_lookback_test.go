package journal

import "samenspel"

// Of looking back. The people are invented.
func init() {
	samples = append(samples,
		&samenspel.MirrorAnswered{
			Dialogue: "dialogue", By: "amira",
			Answers: [5]samenspel.MirrorWord{samenspel.MirrorNotYet, samenspel.MirrorSometimes, samenspel.MirrorYes, samenspel.MirrorRatherNot, ""},
			Alone:   true, SeenBy: []samenspel.PartnerID{"noor", "leila"}, Line: samenspel.Say("It went fast, & I laughed."),
		},
		&samenspel.MirrorTakenBack{Dialogue: "dialogue", By: "amira"},
		&samenspel.ScaleEntered{
			Scale: "scale", Dialogue: "dialogue", By: "amira", Alone: true, SeenBy: []samenspel.PartnerID{"noor"},
			Name: samenspel.Say("A questionnaire"), Answers: samenspel.Say("first: 3\nsecond: 4"),
		},
		&samenspel.ScaleWithdrawn{Scale: "scale"},
		&samenspel.ScaleRestored{Scale: "scale"},
		&samenspel.ChangeTold{
			Change: "change", Dialogue: "dialogue", By: "noor", SeenBy: []samenspel.PartnerID{"amira"},
			Because: "statement", About: "amira", Words: samenspel.Say("We call in the afternoon now."),
		},
		&samenspel.ChangeWithdrawn{Change: "change"},
		&samenspel.ChangeRestored{Change: "change"},
	)
}
