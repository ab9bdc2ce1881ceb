package journal

import "samenspel"

func init() {
	with := []samenspel.PartnerID{"noor", "amira", "leila"}
	answer := samenspel.AgreementAnswer{
		Want: samenspel.WantYes, Can: samenspel.AbleWithHelp, Know: samenspel.AbleNotYet, Room: samenspel.AbleYes,
	}
	samples = append(samples,
		&samenspel.AgreementProposed{
			Agreement: "agreement", Doer: "amira", With: with, When: samenspel.When{Day: "2026-12-01", Time: "09:30"},
			Words: samenspel.Say("We call the landlord <together>."),
		},
		&samenspel.AgreementRenewed{
			Agreement: "agreement", Doer: "leila", When: samenspel.When{Day: "2026-12-02", Time: "14:00"}, Words: samenspel.Say("Leila calls."),
		},
		&samenspel.RenewalUndone{Agreement: "agreement", Renewal: 1, Back: true},
		&samenspel.AgreementWithdrawn{Agreement: "agreement"},
		&samenspel.AgreementRestored{Agreement: "agreement"},
		&samenspel.AgreementFulfilled{Agreement: "agreement"},
		&samenspel.AgreementReopened{Agreement: "agreement"},
		&samenspel.AgreementAnswered{Agreement: "agreement", Partner: "amira", AgreementAnswer: answer},
		&samenspel.OptionConsidered{Option: "option", Agreement: "agreement", By: "leila", Words: samenspel.Say("Write a letter.")},
		&samenspel.OptionWithdrawn{Option: "option"},
		&samenspel.OptionRestored{Option: "option"},
		&samenspel.HelpAsked{Help: "help", Agreement: "agreement", By: "amira", Words: samenspel.Say("Somebody who reads along.")},
		&samenspel.HelpGiven{Help: "help"},
		&samenspel.HelpNeeded{Help: "help"},
		&samenspel.HelpWithdrawn{Help: "help"},
	)
}
