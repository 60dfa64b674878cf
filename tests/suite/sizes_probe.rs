#[test]
fn probe() {
    use partwell::schema::*;
    use std::mem::size_of;
    eprintln!("Playbook {} Step {} Access {} Sla {} Expectation {} Deliverable {} Contact {} Contract {} Exit {} Diagnostic {} Facts {} Base {}", size_of::<Playbook>(), size_of::<Step>(), size_of::<Access>(), size_of::<Sla>(), size_of::<Expectation>(), size_of::<Deliverable>(), size_of::<Contact>(), size_of::<Contract>(), size_of::<Exit>(), size_of::<partwell::diagnostic::Diagnostic>(), size_of::<partwell::library::Facts>(), size_of::<Base>());
}
