package calendar

import (
	"maps"
	"time"

	"github.com/rickar/cal/v2"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cy"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/ecb"
	"github.com/rickar/cal/v2/ee"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fi"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/hu"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/is"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/ke"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lu"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mt"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/pt"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/rs"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/th"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"
)

// regionHolidays returns the public holidays of each region that the configuration may name. A
// country whose parts agree on few days only (AU, CH) has the days that all its parts share.
func regionHolidays() map[string][]*cal.Holiday {
	regions := holidaysArgentinaToIceland()
	for _, more := range []map[string][]*cal.Holiday{holidaysItalyToSouthAfrica(), holidaysOfAustralia(),
		holidaysOfGermany(), holidaysOfSwitzerland()} {
		maps.Copy(regions, more)
	}
	return regions
}

// holidaysArgentinaToIceland are the countries that have no regions here, from AR to IS.
func holidaysArgentinaToIceland() map[string][]*cal.Holiday {
	return map[string][]*cal.Holiday{
		"AR":  holidaysOfArgentina(),
		"AT":  at.Holidays,
		"BE":  be.Holidays,
		"BG":  bg.Holidays,
		"BR":  br.Holidays,
		"CA":  ca.Holidays,
		"CY":  cy.Holidays,
		"CZ":  cz.Holidays,
		"DK":  dk.Holidays,
		"ECB": ecb.Holidays,
		"EE":  ee.Holidays,
		"ES":  es.Holidays,
		"FI":  fi.Holidays,
		"FR":  fr.Holidays,
		"GB":  gb.Holidays,
		"GR":  gr.Holidays,
		"HR":  hr.Holidays,
		"HU":  withHolidays(hu.Holidays, holidaySince(2024, fixedHoliday("Szenteste", time.December, 24))),
		"IE":  ie.Holidays,
		"IS":  is.Holidays,
	}
}

// holidaysItalyToSouthAfrica are the others of them, from IT to ZA.
func holidaysItalyToSouthAfrica() map[string][]*cal.Holiday {
	return map[string][]*cal.Holiday{
		"IT": withHolidays(it.Holidays, holidaySince(2026, fixedHoliday("San Francesco", time.October, 4))),
		"JP": jp.Holidays,
		"KE": ke.Holidays,
		"LT": lt.Holidays,
		"LU": withHolidays(withoutHolidays(lu.Holidays, lu.Nationalfeierdag),
			fixedHoliday("Nationalfeierdag", time.June, 23),
			holidaySince(2019, fixedHoliday("Europadag", time.May, 9))),
		"LV": lv.Holidays,
		"MT": mt.Holidays,
		"MW": mw.Holidays,
		"MX": holidaysOfMexico(),
		"NC": nc.Holidays,
		"NL": nl.Holidays,
		"NO": no.Holidays,
		"NZ": withHolidays(nz.Holidays, &cal.Holiday{Name: "Matariki", Func: calcMatariki}),
		"PL": pl.Holidays,
		"PT": pt.Holidays,
		"RO": ro.Holidays,
		"RS": rs.Holidays,
		"RU": holidaysOfRussia(),
		"SE": se.Holidays,
		"SI": si.Holidays,
		"SK": holidaysOfSlovakia(),
		"TH": withHolidays(th.Holidays, th.LaborDay),
		"UA": ua.Holidays,
		"US": us.Holidays,
		"ZA": za.Holidays,
	}
}

// holidaysOfAustralia are those of Australia and its states.
func holidaysOfAustralia() map[string][]*cal.Holiday {
	return map[string][]*cal.Holiday{
		"AU": holidaysOfAll(au.HolidaysACT, au.HolidaysNSW, au.HolidaysNT, au.HolidaysQLD, au.HolidaysSA,
			au.HolidaysTAS, au.HolidaysVIC, au.HolidaysWA),
		"AU-ACT": au.HolidaysACT,
		"AU-NSW": au.HolidaysNSW,
		"AU-NT":  au.HolidaysNT,
		"AU-QLD": au.HolidaysQLD,
		"AU-SA":  au.HolidaysSA,
		"AU-TAS": au.HolidaysTAS,
		"AU-VIC": au.HolidaysVIC,
		"AU-WA":  au.HolidaysWA,
	}
}

// holidaysOfGermany are those of Germany and its states.
func holidaysOfGermany() map[string][]*cal.Holiday {
	return map[string][]*cal.Holiday{
		"DE":    de.Holidays,
		"DE-BB": de.HolidaysBB,
		"DE-BE": de.HolidaysBE,
		"DE-BW": de.HolidaysBW,
		"DE-BY": de.HolidaysBY,
		"DE-HB": de.HolidaysHB,
		"DE-HE": de.HolidaysHE,
		"DE-HH": de.HolidaysHH,
		"DE-MV": withHolidays(de.HolidaysMV, holidaySince(2023, de.Frauentag)),
		"DE-NI": de.HolidaysNI,
		"DE-NW": de.HolidaysNW,
		"DE-RP": de.HolidaysRP,
		"DE-SH": de.HolidaysSH,
		"DE-SL": de.HolidaysSL,
		"DE-SN": de.HolidaysSN,
		"DE-ST": de.HolidaysST,
		"DE-TH": de.HolidaysTH,
	}
}

// holidaysOfSwitzerland are those of Switzerland and its cantons.
func holidaysOfSwitzerland() map[string][]*cal.Holiday {
	return map[string][]*cal.Holiday{
		"CH": holidaysOfAll(ch.HolidaysAG, ch.HolidaysAI, ch.HolidaysAR, ch.HolidaysBE, ch.HolidaysBL,
			ch.HolidaysBS, ch.HolidaysFR, ch.HolidaysGE, ch.HolidaysGL, ch.HolidaysGR, ch.HolidaysJU, ch.HolidaysLU,
			ch.HolidaysNE, ch.HolidaysNW, ch.HolidaysOW, ch.HolidaysSG, ch.HolidaysSH, ch.HolidaysSO, ch.HolidaysSZ,
			ch.HolidaysTG, ch.HolidaysTI, ch.HolidaysUR, ch.HolidaysVD, ch.HolidaysVS, ch.HolidaysZG,
			ch.HolidaysZH),
		"CH-AG": ch.HolidaysAG,
		"CH-AI": ch.HolidaysAI,
		"CH-AR": ch.HolidaysAR,
		"CH-BE": ch.HolidaysBE,
		"CH-BL": withoutHolidays(ch.HolidaysBL, ch.Fronleichnam, ch.MariaHimmelfahrt),
		"CH-BS": ch.HolidaysBS,
		"CH-FR": ch.HolidaysFR,
		"CH-GE": holidaysOfGeneva(),
		"CH-GL": withHolidays(ch.HolidaysGL, &cal.Holiday{Name: "Näfelser Fahrt", Func: calcNaefels}),
		"CH-GR": ch.HolidaysGR,
		"CH-JU": withHolidays(ch.HolidaysJU, fixedHoliday("Fête de l'indépendance", time.June, 23)),
		"CH-LU": withHolidays(withoutHolidays(ch.HolidaysLU, ch.Josefstag),
			ch.Berchtoldstag, ch.Ostermontag, ch.Pfingstmontag),
		"CH-NE": withHolidays(ch.HolidaysNE, fixedHoliday("Instauration de la République", time.March, 1)),
		"CH-NW": ch.HolidaysNW,
		"CH-OW": withHolidays(ch.HolidaysOW, fixedHoliday("Bruderklausenfest", time.September, 25)),
		"CH-SG": ch.HolidaysSG,
		"CH-SH": ch.HolidaysSH,
		"CH-SO": ch.HolidaysSO,
		"CH-SZ": ch.HolidaysSZ,
		"CH-TG": ch.HolidaysTG,
		"CH-TI": withHolidays(ch.HolidaysTI, fixedHoliday("Santi Pietro e Paolo", time.June, 29)),
		"CH-UR": ch.HolidaysUR,
		"CH-VD": withHolidays(ch.HolidaysVD, afterSunday("Lundi du Jeûne", 3, 1)),
		"CH-VS": ch.HolidaysVS,
		"CH-ZG": withHolidays(ch.HolidaysZG, ch.Fronleichnam, ch.MariaHimmelfahrt, ch.MariaEmpfangnis),
		"CH-ZH": ch.HolidaysZH,
	}
}
