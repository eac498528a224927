//! What a property is about, judged by the words of its name, and the words that examples are made of.

/// What values look like.
#[derive(Clone, PartialEq, Debug)]
pub enum Sort {
    Full,
    First,
    Last,
    Login,
    Email,
    Phone,
    Address,
    Street,
    City,
    Postcode,
    Choice(&'static [&'static str]),
    /// `Spring timesheet`: the name of something that no list is about.
    Called(String),
    /// `ORDER-1042`
    Numbered(String),
    Url(String),
    /// From, to.
    Whole(u64, u64),
    /// Less than this.
    Money(u64),
    Measure,
    Truth,
    /// So many days from now on, and how many days that may be.
    Day(i64, u64),
    Moment(i64, u64),
    Clock,
    Uuid,
}

impl Sort {
    /// The same for a property that must be a whole number.
    pub fn counted(self) -> Sort {
        match self {
            Sort::Whole(..) => self,
            Sort::Money(_) => Sort::Whole(1, 99),
            _ => Sort::Whole(1, 9),
        }
    }

    pub fn measured(self) -> Sort {
        match self {
            Sort::Money(_) | Sort::Whole(..) => self,
            _ => Sort::Measure,
        }
    }

    pub fn dated(self) -> Sort {
        match self {
            Sort::Day(..) => self,
            Sort::Moment(from, days) => Sort::Day(from, days),
            _ => SOON,
        }
    }

    pub fn timed(self) -> Sort {
        match self {
            Sort::Moment(..) => self,
            Sort::Day(from, days) => Sort::Moment(from, days),
            _ => Sort::Moment(0, 14),
        }
    }
}

const SOON: Sort = Sort::Day(1, 28);
const MOMENT: Sort = Sort::Moment(-6, 7);

/// Words of the name of a property, and what it is then about. The last word of a name counts most.
const BY_WORD: &[(&[&str], Sort)] = &[
    (&["email", "mail"], Sort::Email),
    (&["phone", "mobile", "telephone", "fax"], Sort::Phone),
    (&["firstname", "forename"], Sort::First),
    (&["lastname", "surname"], Sort::Last),
    (&["username", "login", "nickname", "handle"], Sort::Login),
    (&["password", "secret"], Sort::Choice(&["correct horse", "battery staple", "open sesame"])),
    (&["street"], Sort::Street),
    (&["city", "town", "place", "location"], Sort::City),
    (&["address"], Sort::Address),
    (&["zip", "postcode", "postal"], Sort::Postcode),
    (&["country"], Sort::Choice(&["Ireland", "France", "Austria", "Canada", "Japan", "Portugal"])),
    (
        &["price", "amount", "total", "cost", "fee", "sum", "balance", "payment", "salary", "budget", "fare"],
        Sort::Money(40),
    ),
    (&["weight", "length", "width", "height", "distance", "hours", "rate"], Sort::Measure),
    (
        &["quantity", "count", "number", "pieces", "seats", "copies", "guests", "units", "nights", "qty"],
        Sort::Whole(1, 9),
    ),
    (&["stock", "capacity", "points", "minutes", "duration"], Sort::Whole(10, 90)),
    (&["percent", "percentage", "discount", "progress"], Sort::Whole(5, 50)),
    (&["rating", "stars", "priority", "level"], Sort::Whole(1, 5)),
    (&["age"], Sort::Whole(18, 80)),
    (&["year"], Sort::Whole(2025, 2027)),
    (&["birthday", "birth", "born"], Sort::Day(-22_000, 14_000)),
    (&["due", "deadline", "until", "end"], Sort::Day(3, 28)),
    (&["expiry", "expires", "expiration"], Sort::Day(90, 900)),
    (&["date", "day", "on"], SOON),
    (&["datetime", "timestamp", "at", "moment", "when"], MOMENT),
    (&["time", "hour"], Sort::Clock),
    (&["reason", "cause"], Sort::Choice(REASONS)),
    (
        &[
            "description",
            "text",
            "note",
            "notes",
            "message",
            "comment",
            "content",
            "body",
            "details",
            "summary",
            "remark",
            "instructions",
            "subject",
            "wish",
            "answer",
        ],
        Sort::Choice(SENTENCES),
    ),
    (&["question"], Sort::Choice(&["When do you open?", "Is there a smaller one?", "Can I pay later?"])),
    (&["colour", "color"], Sort::Choice(&["blue", "green", "red", "white", "black", "yellow"])),
    (&["status", "state", "phase"], Sort::Choice(&["open", "in progress", "done"])),
    (&["method"], Sort::Choice(&["card", "bank transfer", "invoice"])),
    (
        &[
            "required",
            "allowed",
            "allowable",
            "amended",
            "active",
            "enabled",
            "approved",
            "confirmed",
            "available",
        ],
        Sort::Truth,
    ),
    (&["currency"], Sort::Choice(&["EUR", "USD", "GBP", "JPY"])),
    (&["language", "locale"], Sort::Choice(&["English", "French", "German", "Spanish"])),
    (&["gender"], Sort::Choice(&["female", "male", "other"])),
    (&["carrier"], Sort::Choice(&["Swift Parcel", "Green Bike", "Blue Van"])),
    (
        &["company", "organisation", "organization", "supplier", "vendor", "employer", "brand", "publisher"],
        Sort::Choice(COMPANIES),
    ),
    (&["drink", "coffee", "beverage", "brew"], Sort::Choice(DRINKS)),
    (&["product", "item", "article", "good", "goods", "gift"], Sort::Choice(PRODUCTS)),
    (&["book"], Sort::Choice(BOOKS)),
    (&["todo", "task", "job", "activity"], Sort::Choice(TASKS)),
    (&["meal", "dish", "food", "recipe"], Sort::Choice(MEALS)),
    (
        &["vegetable", "vegetables", "veggie", "veggies", "fruit", "produce"],
        Sort::Choice(&["carrots", "spinach", "apples", "leeks", "pears"]),
    ),
    (&["project"], Sort::Choice(&["Harbour", "Lighthouse", "Orchard", "Compass", "Meadow"])),
    (&["team", "department"], Sort::Choice(&["Sales", "Support", "Kitchen", "Warehouse", "Finance"])),
    (
        &["category", "genre", "topic", "tag"],
        Sort::Choice(&["everyday", "travel", "home", "garden", "music"]),
    ),
    (&["role"], Sort::Choice(&["member", "editor", "owner"])),
    (&["room"], Sort::Choice(&["Blue room", "Garden room", "Room 12", "Library"])),
    (
        &[
            "card",
            "account",
            "invoice",
            "tracking",
            "reference",
            "code",
            "coupon",
            "voucher",
            "isbn",
            "iban",
            "sku",
            "barcode",
            "serial",
        ],
        Sort::Numbered(String::new()),
    ),
    (&["url", "link", "website", "image", "picture", "photo", "file", "homepage"], Sort::Url(String::new())),
];

/// What costs little.
const SNACKS: &[&str] =
    &["drink", "coffee", "beverage", "brew", "meal", "dish", "food", "vegetable", "fruit"];

/// Who has a name of a person.
const PEOPLE: &[&str] = &[
    "person",
    "people",
    "user",
    "customer",
    "client",
    "guest",
    "member",
    "employee",
    "author",
    "owner",
    "patient",
    "doctor",
    "nurse",
    "manager",
    "assignee",
    "recipient",
    "sender",
    "contact",
    "reader",
    "buyer",
    "seller",
    "driver",
    "student",
    "teacher",
    "participant",
    "visitor",
    "subscriber",
    "borrower",
    "full",
    "by",
    "worker",
    "barista",
    "holder",
    "tenant",
    "applicant",
    "candidate",
    "clerk",
    "staff",
    "consultant",
    "requester",
    "reviewer",
    "who",
];

/// What a property of a thing is about.
pub fn sort(thing: &str, name: &str) -> Sort {
    let words = split(name);
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Sort::Choice(SENTENCES) };
    let before = words.len().checked_sub(2).and_then(|at| words.get(at)).map(String::as_str);
    if words.len() > 1 && matches!(first.as_str(), "is" | "has" | "was" | "can" | "should") {
        return Sort::Truth;
    }
    if before == Some("time") && words.iter().any(|word| word == "date")
        || last == "time" && before == Some("date")
    {
        return MOMENT;
    }
    match (last.as_str(), before) {
        // `expiryDate`, `dateOfBirth` and `birthDate` say more than that they are dates.
        ("date" | "day" | "time", Some(before)) if matches!(of_word(before), Some(Sort::Day(..))) => {
            return of_word(before).unwrap_or(SOON);
        }
        ("card", Some(_)) if first == "name" => return Sort::Full,
        ("id" | "uuid" | "guid", _) => return Sort::Numbered(prefix(before.unwrap_or("id"))),
        ("number" | "no" | "code" | "key", Some(before)) => {
            return match of_word(before) {
                Some(known @ (Sort::Phone | Sort::Postcode)) => known,
                _ => Sort::Numbered(prefix(before)),
            };
        }
        ("name" | "title" | "label", Some("first")) => return Sort::First,
        ("name" | "title" | "label", Some("last" | "family")) => return Sort::Last,
        ("name", Some("user" | "login")) => return Sort::Login,
        ("name" | "title" | "label", Some(before)) => return called(before, before),
        ("name" | "title" | "label", None) => {
            return called(split(thing).last().map_or("", String::as_str), thing);
        }
        ("size", _) => return Sort::Choice(&["small", "medium", "large"]),
        ("description" | "text" | "content" | "subject" | "summary", None)
            if split(thing).iter().any(|word| matches!(word.as_str(), "todo" | "task")) =>
        {
            return Sort::Choice(TASKS);
        }
        ("address", Some("email" | "mail")) => return Sort::Email,
        ("type" | "kind", _) => return Sort::Choice(&["standard", "express", "special"]),
        _ => {}
    }
    let found = words.iter().rev().find_map(|word| of_word(word));
    match found {
        Some(Sort::Numbered(_)) => Sort::Numbered(prefix(last)),
        Some(Sort::Money(_)) if split(thing).iter().any(|word| SNACKS.contains(&word.as_str())) => {
            Sort::Money(6)
        }
        Some(Sort::Url(_)) => Sort::Url(last.clone()),
        Some(sort) => sort,
        None => Sort::Choice(SENTENCES),
    }
}

fn of_word(word: &str) -> Option<Sort> {
    if PEOPLE.contains(&word) {
        return Some(Sort::Full);
    }
    let known =
        |words: &&(&[&str], Sort)| words.0.contains(&word) || words.0.iter().any(|one| plural(one, word));
    BY_WORD.iter().find(known).map(|(_, sort)| sort.clone())
}

fn plural(one: &str, word: &str) -> bool {
    word.strip_suffix('s') == Some(one)
}

/// The name of something.
fn called(word: &str, thing: &str) -> Sort {
    match of_word(word) {
        Some(sort @ (Sort::Full | Sort::Choice(_) | Sort::City | Sort::Street)) => sort,
        _ if word.is_empty() => Sort::Choice(SENTENCES),
        _ => Sort::Called(split(thing).join(" ")),
    }
}

fn prefix(word: &str) -> String {
    word.chars().take(12).collect::<String>().to_uppercase()
}

/// `dueDate`, `due_date` and `DueDate` are `due` and `date`; no more words than a name has.
fn split(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut before = ' ';
    for character in name.chars().take(80) {
        // Capitals in a row are one word: `orderID`.
        let starts = !before.is_alphanumeric() || character.is_uppercase() && !before.is_uppercase();
        before = character;
        if !character.is_alphanumeric() {
            continue;
        }
        if starts {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut() {
            word.extend(character.to_lowercase());
        }
    }
    words
}

pub const FIRST_NAMES: &[&str] = &[
    "Ann", "Ben", "Clara", "David", "Emma", "Felix", "Grace", "Hugo", "Ines", "Jonas", "Kate", "Leo", "Maya",
    "Noah", "Olga", "Paul", "Rosa", "Sam", "Tara", "Victor",
];
pub const LAST_NAMES: &[&str] = &[
    "Abbott", "Baker", "Carter", "Dean", "Ellis", "Fischer", "Garcia", "Hughes", "Ivanova", "Jensen",
    "Keller", "Lopez", "Moreau", "Novak", "Owens", "Parker", "Rossi", "Silva", "Turner", "Weber",
];
pub const STREETS: &[&str] =
    &["Mill Lane", "Station Road", "High Street", "Church Walk", "Park Avenue", "Bridge Street", "Elm Close"];
pub const CITIES: &[&str] = &["Dublin", "Vienna", "Lyon", "Porto", "Ghent", "Turin", "Halifax", "Bergen"];
pub const SEASONS: &[&str] = &["Spring", "Summer", "Autumn", "Winter"];
const REASONS: &[&str] =
    &["Changed my mind", "Ordered by mistake", "It came too late", "No longer needed", "Not what I expected"];
const SENTENCES: &[&str] = &[
    "As agreed on the phone",
    "Please ring twice",
    "With a ribbon, please",
    "First try",
    "For the summer party",
    "Nothing special",
    "To be on the safe side",
];
const TASKS: &[&str] = &[
    "Buy milk",
    "Call the plumber",
    "Water the plants",
    "Book the train",
    "Write to Grandma",
    "Fix the bicycle",
    "Return the library books",
];
const DRINKS: &[&str] =
    &["Flat white", "Espresso", "Cappuccino", "Iced latte", "Hot chocolate", "Green tea", "Cortado"];
const PRODUCTS: &[&str] =
    &["Desk lamp", "Garden chair", "Tea kettle", "Wool blanket", "Travel mug", "Wall clock", "Picnic basket"];
const BOOKS: &[&str] = &["Moby Dick", "Emma", "Dracula", "Middlemarch", "The Time Machine", "Persuasion"];
const MEALS: &[&str] = &["Lentil soup", "Mushroom risotto", "Apple pie", "Vegetable curry", "Pancakes"];
const COMPANIES: &[&str] = &["Northwind Trading", "Blue Harbour", "Acorn & Sons", "Red Kite", "Larkspur"];
