package samenspel_test

import (
	"fmt"
	"time"

	"samenspel"
)

// Noor, a professional, writes down what Amira said to her. Amira confirms
// it, and the insight grows from assumed to Amira's own words. Both are
// invented.
func Example() {
	alliance := samenspel.NewAlliance("around-amira")
	arrived := time.Date(2026, 3, 2, 14, 0, 0, 0, time.UTC)
	do := func(person samenspel.PersonID, id samenspel.CommandID, wish samenspel.Wish) {
		cmd := samenspel.Command{ID: id, Arrived: arrived, Wish: wish}
		events, err := alliance.Decide(person, cmd)
		if err != nil {
			fmt.Println("refused:", err)
			return
		}
		for _, fact := range alliance.Facts(person, cmd, events) {
			if err := alliance.Apply(fact); err != nil {
				fmt.Println(err)
			}
		}
	}
	const (
		begin  samenspel.CommandID = "019c0000-0000-7000-8000-000000000001"
		invite samenspel.CommandID = "019c0000-0000-7000-8000-000000000002"
		join   samenspel.CommandID = "019c0000-0000-7000-8000-000000000003"
		listen samenspel.CommandID = "019c0000-0000-7000-8000-000000000004"
		hasty  samenspel.CommandID = "019c0000-0000-7000-8000-000000000005"
		yes    samenspel.CommandID = "019c0000-0000-7000-8000-000000000006"
		amira                      = samenspel.PartnerID(invite)
		quote                      = samenspel.StatementID(listen)
	)
	do("person-noor", begin, samenspel.BeginAlliance{Title: samenspel.Say("Around Amira"), Name: samenspel.Say("Noor")})
	do("person-noor", invite, samenspel.InvitePartner{Role: samenspel.Vrager, Name: samenspel.Say("Amira")})
	do("person-amira", join, samenspel.JoinAlliance{Partner: amira})
	do("person-noor", listen, samenspel.WordStatement{
		Words:  samenspel.Say("I want my son to be proud of me"),
		SaidBy: amira, Layer: samenspel.Meaning, NewTheme: samenspel.Say("my son"),
	})
	do("person-noor", hasty, samenspel.ConfirmStatement{Statement: quote})
	do("person-amira", yes, samenspel.ConfirmStatement{Statement: quote})

	seen, err := alliance.See("person-noor")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, sector := range seen.Insight(amira).Sectors {
		core := sector.Cells[0]
		fmt.Println(sector.Name.Text(), core.State == samenspel.OwnWords, len(core.Statements))
	}
	fmt.Println("in a log it reads", seen.Statements[0].Words)
	// Output:
	// refused: refused.answer
	// my son true 1
	// in a log it reads ‹words›
}
